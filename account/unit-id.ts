/**
 * The id of an organization's root or of an organizational unit:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Parent.html
 */
export const UNIT_ID = /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;
