/* SPDX-License-Identifier: BSD-2-Clause */
/* nas_codec.c: decodes and encodes GMM messages by the table of nas_table.c. */
#include <string.h>

#include "src/nas/nas_table.h"

/* ---- decoding ---- */

static int get_value(struct iuplus_nas_msg *msg, const struct nas_field *f, const uint8_t *p, size_t len)
{
	uint8_t *to = (uint8_t *)msg + f->at;
	struct iuplus_octets *view;
	struct iuplus_nas_rai *rai;
	int rc;

	switch (f->value) {
	case NAS_U8:
		*to = p[0];
		break;
	case NAS_BYTES:
		memcpy(to, p, len);
		break;
	case NAS_OCTETS:
		view = (void *)to;
		view->data = p;
		view->len = len;
		break;
	case NAS_RAI:
		rai = (void *)to;
		memcpy(rai->plmn, p, 3);
		rai->lac = (uint16_t)(p[3] << 8 | p[4]);
		rai->rac = p[5];
		break;
	case NAS_IDENTITY:
		rc = iuplus_nas_identity_decode((struct iuplus_octets){ p, len }, (void *)to);
		/* "No identity" is one octet long: an element with a larger minimum length must have an identity. */
		if (!rc && f->min > 1 && ((struct iuplus_nas_identity *)to)->type == IUPLUS_NAS_IDENTITY_NONE)
			rc = IUPLUS_ERR_CONSTRAINT;
		return rc;
	default:
		break;
	}
	return IUPLUS_OK;
}

static int refuse(struct iuplus_nas_report *report, int rc, uint8_t cause, const char *element, size_t offset)
{
	report->cause = cause;
	report->element = element;
	report->offset = offset;
	return rc;
}

/* TS 24.008 8.5: any error in the imperative part rejects the message. */
static int get_imperative(struct iuplus_octets pdu, size_t *at, struct iuplus_nas_msg *msg, const struct nas_field *f,
			  struct iuplus_nas_report *report)
{
	const uint8_t cause = IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION;
	size_t len = f->max, left = pdu.len - *at;
	uint8_t half;

	if (!left)
		return refuse(report, IUPLUS_ERR_MISSING, cause, f->name, *at);
	switch (f->format) {
	case NAS_LOW:
	case NAS_HIGH:
		half = f->format == NAS_LOW ? pdu.data[*at] & 0xf : pdu.data[*at] >> 4;
		if (f->value == NAS_U8)
			get_value(msg, f, &half, 1);
		*at += f->format == NAS_HIGH;
		return IUPLUS_OK;
	case NAS_LV:
		len = pdu.data[(*at)++];
		left--;
		if (len < f->min || len > f->max)
			return refuse(report, IUPLUS_ERR_CONSTRAINT, cause, f->name, *at - 1);
		break;
	default:
		break;
	}
	if (left < len)
		return refuse(report, IUPLUS_ERR_MISSING, cause, f->name, *at);
	if (get_value(msg, f, pdu.data + *at, len))
		return refuse(report, IUPLUS_ERR_CONSTRAINT, cause, f->name, *at);
	*at += len;
	return IUPLUS_OK;
}

static const struct nas_field *find_optional(const struct nas_message *m, uint8_t octet)
{
	unsigned i;

	for (i = 0; i < m->count; i++) {
		const struct nas_field *f = &m->fields[i];

		if (f->format < NAS_TV1)
			continue;
		if (f->format == NAS_TV1 ? f->iei == octet >> 4 : f->iei == octet)
			return f;
	}
	return NULL;
}

/* The non-imperative part. A wrong element there is treated as absent (TS 24.008 8.6, 8.7). */
static int get_optional(struct iuplus_octets pdu, size_t at, const struct nas_message *m, struct iuplus_nas_msg *msg,
			struct iuplus_nas_report *report)
{
	const struct nas_field *last = NULL, *f;
	size_t start, len;
	bool has_length, known;
	uint8_t low;

	while (at < pdu.len) {
		uint8_t octet = pdu.data[at];

		start = at++;
		f = find_optional(m, octet);
		/* An unknown element is of type 1 or 2 if bit 8 is set, otherwise of type 4 (TS 24.007 11.2.4). */
		len = f && f->format != NAS_TV1 ? f->max : 0;
		has_length = f ? f->format == NAS_TLV : !(octet & 0x80);
		if (!f && !(octet & 0xf0))
			return refuse(report, IUPLUS_ERR_NOT_COMPREHENDED,
				      IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION,
				      "unknown element that requires comprehension", start);
		if (has_length && at < pdu.len)
			len = pdu.data[at++];
		else if (has_length)
			len = SIZE_MAX;
		if (len > pdu.len - at) {
			report->ignored++;
			break;
		}
		low = octet & 0xf;
		/* Elements must be in ascending table order, so both repetition and misordering are caught here. */
		known = f && (!last || f > last) && len <= f->max && (f->format == NAS_TV1 || len >= f->min) &&
			get_value(msg, f, f->format == NAS_TV1 ? &low : pdu.data + at, len) == IUPLUS_OK;
		if (known && f->has)
			*(bool *)((uint8_t *)msg + f->has) = true;
		if (f && (!last || f > last))
			last = f;
		report->ignored += !known;
		at += len;
	}
	return IUPLUS_OK;
}

int iuplus_nas_decode(struct iuplus_octets pdu, enum iuplus_nas_direction direction, struct iuplus_nas_msg *msg,
		      struct iuplus_nas_report *report)
{
	struct iuplus_nas_report scratch;
	const struct nas_message *m;
	size_t at = 2;
	unsigned i;
	int rc;

	if (!report)
		report = &scratch;
	memset(report, 0, sizeof(*report));
	if (!msg || (!pdu.data && pdu.len))
		return IUPLUS_ERR_ARGUMENT;
	memset(msg, 0, sizeof(*msg));
	if (pdu.len < 2)
		return IUPLUS_ERR_TRUNCATED;
	if (pdu.data[0] != IUPLUS_NAS_PD_GMM)
		return IUPLUS_ERR_SYNTAX;
	msg->type = pdu.data[1];
	m = nas_find(pdu.data[1], direction);
	if (!m)
		return refuse(report, IUPLUS_ERR_NOT_COMPREHENDED,
			      iuplus_nas_type_name(pdu.data[1]) ? IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE :
								  IUPLUS_NAS_CAUSE_TYPE_NOT_IMPLEMENTED,
			      "Message type", 1);
	for (i = 0; i < m->count && m->fields[i].format < NAS_TV1; i++) {
		rc = get_imperative(pdu, &at, msg, &m->fields[i], report);
		if (rc)
			return rc;
	}
	return get_optional(pdu, at, m, msg, report);
}

/* ---- encoding ---- */

struct writer {
	uint8_t *at, *end;
};

/* Writes the octets of one value; *len gets their number. */
static int put_value(const struct iuplus_nas_msg *msg, const struct nas_field *f, uint8_t *buf, size_t size,
		     size_t *len)
{
	const uint8_t *from = (const uint8_t *)msg + f->at;
	const struct iuplus_octets *view;
	const struct iuplus_nas_rai *rai;
	int rc;

	*len = f->max;
	switch (f->value) {
	case NAS_U8:
	case NAS_BYTES:
		if (size < *len)
			return IUPLUS_ERR_SPACE;
		memcpy(buf, from, *len);
		return IUPLUS_OK;
	case NAS_RAI:
		rai = (const void *)from;
		if (size < 6)
			return IUPLUS_ERR_SPACE;
		memcpy(buf, rai->plmn, 3);
		buf[3] = (uint8_t)(rai->lac >> 8);
		buf[4] = (uint8_t)rai->lac;
		buf[5] = rai->rac;
		return IUPLUS_OK;
	case NAS_IDENTITY:
		rc = iuplus_nas_identity_encode((const void *)from, buf, size, len);
		if (rc)
			return rc;
		break;
	case NAS_OCTETS:
		view = (const void *)from;
		*len = view->len;
		if (*len > f->max || *len < f->min)
			return IUPLUS_ERR_CONSTRAINT;
		if (size < *len)
			return IUPLUS_ERR_SPACE;
		if (*len)
			memcpy(buf, view->data, *len);
		return IUPLUS_OK;
	default:
		*len = 0;
		return IUPLUS_OK;
	}
	return *len >= f->min && *len <= f->max ? IUPLUS_OK : IUPLUS_ERR_CONSTRAINT;
}

static bool wanted(const struct iuplus_nas_msg *msg, const struct nas_field *f)
{
	const struct iuplus_octets *view = (const void *)((const uint8_t *)msg + f->at);

	if (f->format < NAS_TV1)
		return true;
	if (f->value == NAS_OCTETS)
		return view->data != NULL;
	return *(const bool *)((const uint8_t *)msg + f->has);
}

static int put_field(const struct iuplus_nas_msg *msg, const struct nas_field *f, struct writer *w)
{
	uint8_t value = f->value == NAS_U8 ? *((const uint8_t *)msg + f->at) : 0;
	size_t head = f->format == NAS_TLV ? 2 : f->format == NAS_LV || f->format >= NAS_TV1 ? 1 : 0;
	size_t room = (size_t)(w->end - w->at), len;
	int rc;

	if (f->format == NAS_LOW || f->format == NAS_HIGH || f->format == NAS_TV1) {
		if (value > 0xf)
			return IUPLUS_ERR_CONSTRAINT;
		if (!room)
			return IUPLUS_ERR_SPACE;
		if (f->format == NAS_LOW) {
			*w->at = value;
			return IUPLUS_OK;
		}
		*w->at = f->format == NAS_HIGH ? (uint8_t)(*w->at | value << 4) : (uint8_t)(f->iei << 4 | value);
		w->at++;
		return IUPLUS_OK;
	}
	if (room < head)
		return IUPLUS_ERR_SPACE;
	rc = put_value(msg, f, w->at + head, room - head, &len);
	if (rc)
		return rc;
	if (f->format >= NAS_TV1)
		*w->at++ = f->iei;
	if (f->format == NAS_TLV || f->format == NAS_LV)
		*w->at++ = (uint8_t)len;
	w->at += len;
	return IUPLUS_OK;
}

int iuplus_nas_encode(const struct iuplus_nas_msg *msg, enum iuplus_nas_direction direction, uint8_t *buf, size_t size,
		      size_t *len)
{
	const struct nas_message *m;
	struct writer w;
	unsigned i;
	int rc;

	if (!msg || !buf || !len)
		return IUPLUS_ERR_ARGUMENT;
	*len = 0;
	m = nas_find(msg->type, direction);
	if (!m)
		return IUPLUS_ERR_NOT_COMPREHENDED;
	if (size < 2)
		return IUPLUS_ERR_SPACE;
	buf[0] = IUPLUS_NAS_PD_GMM;
	buf[1] = m->type;
	w.at = buf + 2;
	w.end = buf + size;
	for (i = 0; i < m->count; i++) {
		if (!wanted(msg, &m->fields[i]))
			continue;
		rc = put_field(msg, &m->fields[i], &w);
		if (rc)
			return rc;
	}
	*len = (size_t)(w.at - buf);
	return IUPLUS_OK;
}
