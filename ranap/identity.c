/* SPDX-License-Identifier: BSD-2-Clause */
/* identity.c: IMSI and PLMN identity as text (TS 23.003; TS 25.413 9.2.3.1, 9.2.3.55). */
#include <string.h>
#include <iuplus/ranap.h>

#define FILLER 0xf

static bool all_digits(const char *s, size_t min, size_t max)
{
	size_t i;

	if (!s)
		return false;
	for (i = 0; s[i]; i++)
		if (i == max || s[i] < '0' || s[i] > '9')
			return false;
	return i >= min;
}

int iuplus_ranap_imsi_parse(const char *digits, struct iuplus_ranap_imsi *out)
{
	size_t i, n;

	if (!all_digits(digits, 5, 15))
		return IUPLUS_ERR_ARGUMENT;
	memset(out, 0, sizeof(*out));
	n = strlen(digits);
	out->len = (uint8_t)((n + 1) / 2);
	for (i = 0; i < n; i++)
		out->tbcd[i / 2] |= (uint8_t)((digits[i] - '0') << (i % 2 ? 4 : 0));
	if (n % 2)
		out->tbcd[n / 2] |= FILLER << 4;
	return IUPLUS_OK;
}

int iuplus_ranap_imsi_print(const struct iuplus_ranap_imsi *imsi, char *buf)
{
	size_t i, n = (size_t)imsi->len * 2;

	*buf = '\0';
	if (imsi->len < 3 || imsi->len > sizeof(imsi->tbcd))
		return IUPLUS_ERR_ARGUMENT;
	for (i = 0; i < n; i++) {
		unsigned digit = imsi->tbcd[i / 2] >> (i % 2 ? 4 : 0) & 0xf;

		if (digit == FILLER && i == n - 1)
			break;
		if (digit > 9) {
			*buf = '\0';
			return IUPLUS_ERR_ARGUMENT;
		}
		buf[i] = (char)('0' + digit);
	}
	buf[i] = '\0';
	return IUPLUS_OK;
}

/* Octets: MCC digit 2 and 1; MNC digit 3 (or filler) and MCC digit 3; MNC digit 2 and 1. */
int iuplus_ranap_plmn_parse(const char *mcc, const char *mnc, uint8_t plmn[3])
{
	unsigned third;

	if (!all_digits(mcc, 3, 3) || !all_digits(mnc, 2, 3))
		return IUPLUS_ERR_ARGUMENT;
	third = mnc[2] ? (unsigned)(mnc[2] - '0') : FILLER;
	plmn[0] = (uint8_t)((mcc[1] - '0') << 4 | (mcc[0] - '0'));
	plmn[1] = (uint8_t)(third << 4 | (unsigned)(mcc[2] - '0'));
	plmn[2] = (uint8_t)((mnc[1] - '0') << 4 | (mnc[0] - '0'));
	return IUPLUS_OK;
}

int iuplus_ranap_plmn_print(const uint8_t plmn[3], char *buf)
{
	const unsigned digits[6] = { plmn[0] & 0xf, plmn[0] >> 4, plmn[1] & 0xf,
				     plmn[2] & 0xf, plmn[2] >> 4, plmn[1] >> 4 };
	size_t i, at = 0;

	*buf = '\0';
	for (i = 0; i < 6; i++)
		if (digits[i] > 9 && !(i == 5 && digits[i] == FILLER))
			return IUPLUS_ERR_ARGUMENT;
	for (i = 0; i < 6 && digits[i] != FILLER; i++) {
		if (i == 3)
			buf[at++] = '-';
		buf[at++] = (char)('0' + digits[i]);
	}
	buf[at] = '\0';
	return IUPLUS_OK;
}
