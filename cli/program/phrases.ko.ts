/** What Node.js, Zod and the command itself say of what ends it, in Korean. */
import type { Phrases } from '../../rules/language.ts';

export const phrases: Phrases = {
  // Node.js, of files and connections
  'ENOENT: no such file or directory, {call}': '없는 파일이나 폴더(ENOENT): {call}',
  'EACCES: permission denied, {call}': '권한 없음(EACCES): {call}',
  'EPERM: operation not permitted, {call}': '허용되지 않는 작업(EPERM): {call}',
  'EEXIST: file already exists, {call}': '이미 있는 파일(EEXIST): {call}',
  'ENOTDIR: not a directory, {call}': '폴더가 아님(ENOTDIR): {call}',
  'EISDIR: illegal operation on a directory, {call}': '파일이 아니라 폴더(EISDIR): {call}',
  'EROFS: read-only file system, {call}': '읽기 전용 파일 시스템(EROFS): {call}',
  'ENOSPC: no space left on device, {call}': '디스크 공간 부족(ENOSPC): {call}',
  'EMFILE: too many open files, {call}': '열린 파일이 너무 많음(EMFILE): {call}',
  'ENAMETOOLONG: name too long, {call}': '이름이 너무 김(ENAMETOOLONG): {call}',
  'listen EADDRINUSE: address already in use {address}': '사용 중인 주소(EADDRINUSE): {address}',
  'listen EACCES: permission denied {address}': '권한 없음(EACCES): {address}',
  'listen EADDRNOTAVAIL: address not available {address}': '쓸 수 없는 주소(EADDRNOTAVAIL): {address}',
  // Zod, of what a file of ours has to be
  'the whole: {why}': '전체: {why}',
  'Invalid input': '형식이 올바르지 않음',
  'Invalid input: expected {what}, received {found}': '{what} 필요, 현재 값의 형식 {found}',
  'Invalid input: expected {what}': '{what} 필요',
  'Invalid option: expected one of {values}': '다음 중 하나여야 함: {values}',
  'Unrecognized key: {key}': '없는 필드: {key}',
  'Unrecognized keys: {keys}': '없는 필드: {keys}',
  // A file of results, and records
  'results: there is none': 'results: 없음',
  'errors: expected an array': 'errors: 배열이어야 함',
  'is no time': '시각이 아님',
  'not an AWS Region such as us-east-1': 'us-east-1 같은 AWS 리전이 아님',
};
