/* SPDX-License-Identifier: BSD-2-Clause */
/* nas_element.c: the elements of TS 24.008 10.5 that need their own codec: identities and PLMNs. */
#include <string.h>

#include <iuplus/nas.h>

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : -1;
}

/* True if an identity of this type may have n digits. */
static bool digits_allowed(enum iuplus_nas_identity_type type, size_t n)
{
	switch (type) {
	case IUPLUS_NAS_IDENTITY_IMSI:
		return n >= 6 && n <= 15;
	case IUPLUS_NAS_IDENTITY_IMEI:
		return n == 15;
	case IUPLUS_NAS_IDENTITY_IMEISV:
		return n == 16;
	default:
		return false;
	}
}

int iuplus_nas_identity_decode(struct iuplus_octets contents, struct iuplus_nas_identity *identity)
{
	const uint8_t *p = contents.data;
	size_t n, i;

	memset(identity, 0, sizeof(*identity));
	if (!contents.len)
		return IUPLUS_ERR_TRUNCATED;
	switch (p[0] & 7) {
	case IUPLUS_NAS_IDENTITY_NONE:
		return IUPLUS_OK;
	case IUPLUS_NAS_IDENTITY_TMSI:
		if (contents.len != 5 || p[0] >> 4 != 0xf)
			return IUPLUS_ERR_CONSTRAINT;
		identity->type = IUPLUS_NAS_IDENTITY_TMSI;
		identity->tmsi = (uint32_t)p[1] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 8 | p[4];
		return IUPLUS_OK;
	case IUPLUS_NAS_IDENTITY_IMSI:
	case IUPLUS_NAS_IDENTITY_IMEI:
	case IUPLUS_NAS_IDENTITY_IMEISV:
		break;
	default:
		return IUPLUS_ERR_CONSTRAINT;
	}
	n = 2 * contents.len - (p[0] & 8 ? 1 : 2);
	if (!digits_allowed(p[0] & 7, n))
		return IUPLUS_ERR_CONSTRAINT;
	/* If the number of digits is even, the high nibble of the last octet is the filler. */
	if (!(p[0] & 8) && p[contents.len - 1] >> 4 != 0xf)
		return IUPLUS_ERR_CONSTRAINT;
	for (i = 0; i < n; i++) {
		unsigned d = i & 1 ? p[(i + 1) / 2] & 0xf : p[i / 2] >> 4;

		if (d > 9) {
			memset(identity, 0, sizeof(*identity));
			return IUPLUS_ERR_CONSTRAINT;
		}
		identity->digits[i] = (char)('0' + d);
	}
	identity->type = p[0] & 7;
	return IUPLUS_OK;
}

int iuplus_nas_identity_encode(const struct iuplus_nas_identity *identity, uint8_t *buf, size_t size, size_t *len)
{
	size_t n, i;

	*len = 0;
	if (identity->type == IUPLUS_NAS_IDENTITY_NONE || identity->type == IUPLUS_NAS_IDENTITY_TMSI) {
		n = identity->type == IUPLUS_NAS_IDENTITY_NONE ? 1 : 5;
		if (size < n)
			return IUPLUS_ERR_SPACE;
		buf[0] = n == 1 ? 0 : 0xf4;
		for (i = 1; i < n; i++)
			buf[i] = (uint8_t)(identity->tmsi >> (8 * (4 - i)));
		*len = n;
		return IUPLUS_OK;
	}
	n = strnlen(identity->digits, sizeof(identity->digits));
	if (!digits_allowed(identity->type, n))
		return IUPLUS_ERR_CONSTRAINT;
	for (i = 0; i < n; i++)
		if (digit(identity->digits[i]) < 0)
			return IUPLUS_ERR_CONSTRAINT;
	if (size < n / 2 + 1)
		return IUPLUS_ERR_SPACE;
	memset(buf, 0, n / 2 + 1);
	buf[0] = (uint8_t)(identity->type | (n & 1 ? 8 : 0));
	if (!(n & 1))
		buf[n / 2] = 0xf0;
	for (i = 0; i < n; i++) {
		unsigned d = (unsigned)digit(identity->digits[i]);

		if (i & 1)
			buf[(i + 1) / 2] |= (uint8_t)d;
		else
			buf[i / 2] |= (uint8_t)(d << 4);
	}
	*len = n / 2 + 1;
	return IUPLUS_OK;
}

size_t iuplus_nas_imsi_to_bcd(const char *imsi, uint8_t *buf, size_t size)
{
	size_t n = strnlen(imsi, 16), i;

	if (n < 6 || n > 15 || size < (n + 1) / 2)
		return 0;
	memset(buf, 0xff, (n + 1) / 2);
	for (i = 0; i < n; i++) {
		int d = digit(imsi[i]);

		if (d < 0)
			return 0;
		if (i & 1)
			buf[i / 2] = (uint8_t)((buf[i / 2] & 0x0f) | d << 4);
		else
			buf[i / 2] = (uint8_t)(0xf0 | d);
	}
	return (n + 1) / 2;
}

int iuplus_nas_imsi_from_bcd(struct iuplus_octets bcd, char digits[16])
{
	size_t i, n = 0;

	memset(digits, 0, 16);
	if (bcd.len < 3 || bcd.len > 8)
		return IUPLUS_ERR_CONSTRAINT;
	for (i = 0; i < 2 * bcd.len; i++) {
		unsigned d = i & 1 ? bcd.data[i / 2] >> 4 : bcd.data[i / 2] & 0xf;

		if (d == 0xf && i == 2 * bcd.len - 1)
			break;
		if (d > 9 || n == 15) {
			memset(digits, 0, 16);
			return IUPLUS_ERR_CONSTRAINT;
		}
		digits[n++] = (char)('0' + d);
	}
	return IUPLUS_OK;
}

int iuplus_nas_plmn_from_digits(const char *mcc, const char *mnc, uint8_t plmn[3])
{
	size_t n = strnlen(mnc, 4), i;
	int d[6];

	if (strnlen(mcc, 4) != 3 || n < 2 || n > 3)
		return IUPLUS_ERR_CONSTRAINT;
	d[5] = 0xf;
	for (i = 0; i < 3; i++)
		d[i] = digit(mcc[i]);
	for (i = 0; i < n; i++)
		d[3 + i] = digit(mnc[i]);
	for (i = 0; i < 6; i++)
		if (d[i] < 0)
			return IUPLUS_ERR_CONSTRAINT;
	plmn[0] = (uint8_t)(d[1] << 4 | d[0]);
	plmn[1] = (uint8_t)(d[5] << 4 | d[2]);
	plmn[2] = (uint8_t)(d[4] << 4 | d[3]);
	return IUPLUS_OK;
}
