/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_linear: the cost of a PDU by its size, up to 64 kB: nanoseconds to decode and encode. Three shapes: one long
 * string (fragments from 16K on), unknown IEs, a list of RABs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <iuplus/asn1.h>

#include "asn1/gen-ranap.h"

#define LARGEST 65536
#define ROUNDS 60

static uint8_t pdu[LARGEST + 1024];

/* A SetupOrModify request of one RAB of a real network. */
static const uint8_t rab_request[] = {
	0x00, 0x00, 0x00, 0x80, 0xab, 0x00, 0x00, 0x01, 0x00, 0x36, 0x40, 0x80, 0xa3, 0x00, 0x00, 0x01, 0x00, 0x35,
	0x00, 0x80, 0x8f, 0x38, 0x02, 0xd8, 0x01, 0x2f, 0xa7, 0x20, 0x2f, 0xa8, 0x00, 0x00, 0xf4, 0x4c, 0x64, 0x06,
	0x12, 0x80, 0x00, 0x51, 0x40, 0x00, 0x41, 0x40, 0x00, 0x4b, 0x40, 0x00, 0x3d, 0x40, 0x00, 0x3a, 0x40, 0x00,
	0x37, 0x40, 0x00, 0x31, 0x40, 0x00, 0x2a, 0x40, 0x00, 0x27, 0x40, 0x00, 0x00, 0x20, 0x28, 0x94, 0x00, 0x67,
	0x40, 0x00, 0x63, 0x40, 0x00, 0x54, 0x40, 0x00, 0x57, 0x40, 0x00, 0x4c, 0x40, 0x00, 0x3f, 0x40, 0x00, 0x36,
	0x40, 0x00, 0x35, 0x40, 0x00, 0x00, 0x40, 0x00, 0x00, 0x20, 0x28, 0x94, 0x00, 0x3c, 0x40, 0x00, 0x28, 0x40,
	0x00, 0x00, 0x40, 0x00, 0x00, 0x40, 0x00, 0x00, 0x40, 0x00, 0x00, 0x40, 0x00, 0x00, 0x40, 0x00, 0x00, 0x40,
	0x00, 0x00, 0x40, 0x00, 0x00, 0x00, 0x64, 0x3c, 0x02, 0x00, 0x02, 0x27, 0xc0, 0x35, 0x00, 0x01, 0x32, 0x02,
	0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x40, 0xc3, 0x50,
	0x00, 0x00, 0x40, 0x0a, 0x41, 0x18, 0x00, 0x00, 0x00, 0x59, 0x40, 0x02, 0x40, 0x00
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static void row(const char *shape, size_t length)
{
	struct iuplus_arena in, out;
	struct iuplus_octets again;
	double t, decode = 0, encode = 0;
	void *value;
	int i;

	iuplus_arena_init(&in, 0);
	iuplus_arena_init(&out, 0);
	for (i = 0; i < ROUNDS; i++) {
		iuplus_arena_reset(&in, false);
		iuplus_arena_reset(&out, false);
		t = now();
		iuplus_asn1_decode(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, pdu, 8 * length, 0, &in, &value,
				   NULL);
		t = now() - t;
		if (i == 0 || t < decode)
			decode = t;
		if (!value)
			break;
		t = now();
		if (iuplus_asn1_encode(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, value, 0, &out, &again, NULL,
				       NULL))
			break;
		t = now() - t;
		if (i == 0 || t < encode)
			encode = t;
	}
	if (i < ROUNDS)
		printf("%-14s %6zu failed\n", shape, length);
	else
		printf("%-14s %6zu %10.0f %8.2f %10.0f %8.2f\n", shape, length, decode, decode / (double)length, encode,
		       encode / (double)length);
	iuplus_arena_free(&in);
	iuplus_arena_free(&out);
}

static size_t finish(RANAP_RANAP_PDU_t *p, struct iuplus_arena *arena)
{
	struct iuplus_octets o;

	if (iuplus_asn1_encode(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, p, 0, arena, &o, NULL, NULL) ||
	    o.len > sizeof(pdu))
		return 0;
	memcpy(pdu, o.data, o.len);
	return o.len;
}

/* A Direct Transfer with a NAS-PDU of that length. */
static size_t make_string(size_t octets, struct iuplus_arena *arena)
{
	RANAP_RANAP_PDU_t *p = iuplus_arena_alloc(arena, sizeof(*p));
	RANAP_InitiatingMessage_t *m = &p->choice.initiatingMessage;
	RANAP_NAS_PDU_t *nas = iuplus_arena_alloc(arena, sizeof(*nas));

	p->present = RANAP_RANAP_PDU_PR_initiatingMessage;
	m->value.present = RANAP_InitiatingMessage_Value_PR_directTransfer;
	m->value.choice.directTransfer.protocolIEs.nAS_PDU = nas;
	nas->buf = iuplus_arena_alloc(arena, octets);
	nas->size = (int)octets;
	return finish(p, arena);
}

/* A RAB assignment request with that number of equal items. */
static size_t make_list(size_t items, struct iuplus_arena *arena)
{
	RANAP_RANAP_PDU_t *p;
	RANAP_RAB_SetupOrModifyList_t *list;
	void *value, **array;
	size_t i;

	iuplus_asn1_decode(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, rab_request, 8 * sizeof(rab_request), 0,
			   arena, &value, NULL);
	if (!value)
		return 0;
	p = value;
	list = p->choice.initiatingMessage.value.choice.rAB_AssignmentRequest.protocolIEs.rAB_SetupOrModifyList;
	array = iuplus_arena_alloc(arena, items * sizeof(*array));
	for (i = 0; i < items; i++)
		array[i] = list->list.array[0];
	list->list.array = (void *)array;
	list->list.count = (int)items;
	return finish(p, arena);
}

/* A Direct Transfer with that number of unknown IEs, criticality ignore. */
static size_t make_unknown(size_t items, struct iuplus_arena *arena)
{
	RANAP_RANAP_PDU_t *p = iuplus_arena_alloc(arena, sizeof(*p));
	RANAP_InitiatingMessage_t *m = &p->choice.initiatingMessage;
	RANAP_UnknownIEs_t *u = iuplus_arena_alloc(arena, sizeof(*u));
	void **array = iuplus_arena_alloc(arena, items * sizeof(*array));
	size_t i;

	p->present = RANAP_RANAP_PDU_PR_initiatingMessage;
	m->value.present = RANAP_InitiatingMessage_Value_PR_directTransfer;
	m->value.choice.directTransfer.protocolIEs.unknown = u;
	m->value.choice.directTransfer.protocolIEs.nAS_PDU = iuplus_arena_alloc(arena, sizeof(RANAP_NAS_PDU_t));
	for (i = 0; i < items; i++) {
		RANAP_UnknownIE_t *ie = iuplus_arena_alloc(arena, sizeof(*ie));

		ie->place = 65535;
		ie->id = 40000;
		ie->criticality = 1;
		ie->value.buf = pdu;
		ie->value.size = 5;
		array[i] = ie;
	}
	u->list.array = (void *)array;
	u->list.count = (int)items;
	return finish(p, arena);
}

static void series(const char *shape, size_t (*make)(size_t, struct iuplus_arena *), size_t from, size_t to)
{
	struct iuplus_arena arena;
	size_t n, length;

	iuplus_arena_init(&arena, 64u * 1024 * 1024);
	for (n = from; n <= to; n *= 2) {
		iuplus_arena_reset(&arena, false);
		length = make(n, &arena);
		if (length)
			row(shape, length);
		else
			printf("%-14s %6zu not made\n", shape, n);
	}
	iuplus_arena_free(&arena);
}

int main(void)
{
	printf("%-14s %6s %10s %8s %10s %8s\n", "shape", "octets", "decode ns", "ns/octet", "encode ns", "ns/octet");
	series("one string", make_string, 64, 65536);
	series("unknown IEs", make_unknown, 8, 4096);
	series("RABs", make_list, 1, 256);
	return 0;
}
