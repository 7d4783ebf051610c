/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_nas_identity.c: the identities of the phone and its USIM, and the identification procedure (TS 24.008 4.7.8, TS
 * 23.003 6.2). */
#include <string.h>

#include "src/proc/ue_nas_int.h"

size_t nas_digits(const char *text, size_t size)
{
	size_t n = strnlen(text, size), i;

	for (i = 0; i < n; i++)
		if (text[i] < '0' || text[i] > '9')
			return SIZE_MAX;
	return n;
}

/* The check digit of an IMEI (TS 23.003 Annex B). */
static char check_digit(const char imei[14])
{
	unsigned sum = 0, i;

	for (i = 0; i < 14; i++) {
		unsigned digit = (unsigned)(imei[i] - '0');

		if (i & 1)
			digit = digit * 2 / 10 + digit * 2 % 10;
		sum += digit;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

const char *nas_wrong_imei(const struct iuplus_ue_nas_config *config)
{
	size_t imei = nas_digits(config->imei, sizeof(config->imei)),
	       imeisv = nas_digits(config->imeisv, sizeof(config->imeisv));

	if (imei && imei != 14 && imei != 15)
		return "an IMEI of 14 digits, or of 15 with the check digit";
	if (imei == 15 && config->imei[14] != check_digit(config->imei))
		return "an IMEI with the right check digit (its 15th digit), or without it";
	if (imeisv && imeisv != 16)
		return "an IMEISV of 16 digits";
	if (imei && imeisv && memcmp(config->imei, config->imeisv, 14))
		return "an IMEI and an IMEISV of one phone: their first 14 digits are the same";
	return NULL;
}

void nas_identity(struct nas *n, const struct iuplus_nas_msg *m)
{
	struct iuplus_nas_msg r = nas_message(IUPLUS_NAS_IDENTITY_RESPONSE);
	struct iuplus_nas_identity *i = &r.u.identity_response.identity;

	switch (m->u.identity_request.identity_type & 7) {
	case IUPLUS_NAS_IDENTITY_IMSI:
		i->type = IUPLUS_NAS_IDENTITY_IMSI;
		memcpy(i->digits, n->ue->config.imsi, sizeof(n->ue->config.imsi));
		break;
	case IUPLUS_NAS_IDENTITY_TMSI:
		i->type = n->ue->has_ptmsi ? IUPLUS_NAS_IDENTITY_TMSI : IUPLUS_NAS_IDENTITY_NONE;
		i->tmsi = n->ue->ptmsi;
		break;
	case IUPLUS_NAS_IDENTITY_IMEI:
		if (!n->ue->config.imei[0])
			break;
		i->type = IUPLUS_NAS_IDENTITY_IMEI;
		memcpy(i->digits, n->ue->config.imei, 14);
		i->digits[14] = '0'; /* the check digit is not transmitted (TS 23.003 6.2.1) */
		break;
	case IUPLUS_NAS_IDENTITY_IMEISV:
		if (!n->ue->config.imeisv[0])
			break;
		i->type = IUPLUS_NAS_IDENTITY_IMEISV;
		memcpy(i->digits, n->ue->config.imeisv, sizeof(n->ue->config.imeisv));
		break;
	default:
		break; /* "no identity" (TS 24.008 10.5.1.4) */
	}
	nas_send(n, &r);
}
