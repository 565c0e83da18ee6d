/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'The HTTP listener on port {port} stays: {why}': '포트 {port}의 HTTP 리스너는 그대로 둠: {why}',
  'HTTP on port {port} redirects to HTTPS on port {to}': '포트 {port}의 HTTP: 포트 {to}의 HTTPS로 리디렉션',
  'The HTTP listener on port {port} belongs to HTTPS on port {to}, and one run redirects to one port: run it again.':
    '포트 {port}의 HTTP 리스너는 포트 {to}의 HTTPS로 보내야 하나, 한 번의 실행은 한 포트로만 리디렉션함: 다시 실행할 것.',
  'Clients that follow no redirects, or send bodies over HTTP (POST becomes GET), have to change to HTTPS.':
    '리디렉션을 따르지 않거나 HTTP로 본문을 보내는 클라이언트(POST가 GET으로 바뀜)는 HTTPS로 바꿔야 함.',
  'Browsers remember HTTP_301: Undo does not reach them.':
    '브라우저가 HTTP_301을 기억하므로 Undo로 되돌려지지 않음.',
  'Rule {priority} of the HTTP listener on port {port} stays: it {does}, which somebody wanted for the requests that it matches. Delete it, or let it redirect, by hand.':
    '포트 {port}의 HTTP 리스너, 규칙 {priority}: {does}. 누군가 해당 요청에 의도한 규칙이므로 그대로 둠. 직접 삭제하거나 리디렉션으로 바꿀 것.',
  'HTTP on port {port} does again what it did': '포트 {port}의 HTTP: 이전 동작으로 되돌림',
  'Somebody else has changed what the HTTP listener on port {port} does meanwhile.':
    '그사이 다른 사람이 포트 {port}의 HTTP 리스너 동작을 바꿈.',
  'its action {type} could not be brought back. Redirect it by hand.':
    '동작 {type}: 되돌릴 수 없음. 직접 리디렉션으로 바꿀 것.',
  'it redirects to {protocol}{to}, and whether HTTPS is served there cannot be told from here. Change its protocol by hand.':
    '{protocol}{to} 리디렉션이며, 그곳에서 HTTPS를 제공하는지 여기서는 알 수 없음. 프로토콜을 직접 바꿀 것.',
  'there is no HTTPS listener with a certificate on port {port}, the HttpsPort.':
    'HttpsPort인 포트 {port}에 인증서가 있는 HTTPS 리스너가 없음.',
  'there is no HTTPS listener with a certificate to redirect to. Make one first, or delete this one.':
    '리디렉션할, 인증서가 있는 HTTPS 리스너가 없음. 먼저 만들거나 이 리스너를 삭제할 것.',
  'HTTPS is on ports {ports}. Set HttpsPort to the one to redirect to.':
    'HTTPS 포트: {ports}. 리디렉션할 포트를 HttpsPort로 지정할 것.',
  'no HTTPS listener forwards by default to the target groups that port {port} forwards to, so that a redirect may lead to something else. Set HttpsPort ({ports}) where it does not.':
    '포트 {port}의 대상 그룹으로 기본 전달하는 HTTPS 리스너가 없어 리디렉션하면 다른 곳으로 갈 수 있음. 그렇지 않다면 HttpsPort({ports})를 지정할 것.',
  'no security group lets anyone in on port {port}. Open it first.':
    '포트 {port}: 허용하는 보안 그룹이 없음. 먼저 열 것.',
  'the security groups let {sources} in on port {port}, but not on port {to}. Let them in there first.':
    '보안 그룹이 {sources}: 포트 {port} 허용, 포트 {to} 미허용. 그 포트부터 허용할 것.',
  'forwards requests': '요청을 그대로 전달함',
  'redirects to HTTP': 'HTTP로 리디렉션함',
  'answers by itself': '직접 응답함',
  'does nothing': '아무 작업도 하지 않음',
  'does {what}': '{what} 작업을 함',
};
