/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rrc_branches.c: every branch of the messages that have many, encoded and decoded by Erlang's asn1
 * (test/vectors/rrc-branches.txt), through the typed layer: one line gives the branch, the octets and the values. */
#include "test/unit/cunit_main.h"
#include "test/unit/test_rrc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct iuplus_arena arena;
static char text[4096];
static size_t used;

__attribute__((constructor)) static void set_up(void)
{
	iuplus_arena_init(&arena, 0);
}

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	used += (size_t)vsnprintf(text + used, sizeof(text) - used, format, args);
	va_end(args);
	CU_ASSERT_TRUE_FATAL(used < sizeof(text));
}

/* ---- the decoded values in the format of the vectors ---- */

static void say_octets(const char *name, const uint8_t *octets, size_t n)
{
	size_t i;

	say(" %s=", name);
	for (i = 0; i < n; i++)
		say("%02x", octets[i]);
}

static void say_modes(const struct iuplus_rrc_integrity_mode *integrity,
		      const struct iuplus_rrc_ciphering_mode *ciphering)
{
	unsigned i;

	if (integrity->present && integrity->modify)
		for (i = 0; i < integrity->activation.count; i++)
			say("%s%d", i ? "," : " modify=", integrity->activation.sn[i]);
	else if (integrity->present)
		say(" fresh=%08x", integrity->fresh);
	if (integrity->has_uia)
		say(" uia=%d", integrity->uia);
	if (!ciphering->present)
		return;
	say(" uea=%d", ciphering->uea);
	for (i = 0; i < ciphering->rb_dl.count; i++)
		say("%s%d/%d", i ? "," : " rbs=", ciphering->rb_dl.list[i].rb, ciphering->rb_dl.list[i].sn);
}

static void say_keys(const struct iuplus_rrc_enhanced_keys *keys)
{
	for (unsigned i = 0; i < keys->count; i++) {
		const struct iuplus_rrc_enhanced_key *key = &keys->key[i];

		say(" domain=%d from=%d counter=%u ncc=%d fresh=%d target=%d", key->domain, key->derivation,
		    key->index.counter, key->index.ncc, key->freshness, key->legacy_target_keys);
		if (key->has_nonce)
			say_octets("nonce", key->nonce, sizeof(key->nonce));
	}
}

static void say_reconfiguration(const struct iuplus_rrc_reconfiguration *r, bool physical)
{
	say("t=%d", r->transaction);
	say_modes(&r->integrity, &r->ciphering);
	if (r->has_u_rnti)
		say(" u=%03x/%05x", r->u_rnti.srnc, r->u_rnti.s_rnti);
	if (r->has_c_rnti)
		say(" c=%04x", r->c_rnti);
	if (r->has_ura)
		say(" ura=%04x", r->ura);
	if (r->cn.present)
		say(" domains=%u", r->cn.domains);
	if (r->dl_sync.present)
		say(" sync=%u", r->dl_sync.count);
	if (physical) {
		say(" state=%d", r->state);
		if (r->has_activation_time)
			say(" cfn=%d", r->activation_time);
		if (r->has_frequency)
			say(" frequency=%d", r->uarfcn_dl);
		if (r->has_scrambling_code)
			say(" code=%d", r->scrambling_code);
	}
	if (r->network.present)
		say(" network=%02x", r->network.bits);
	say_keys(&r->keys);
}

static void say_command(const struct iuplus_rrc_security_mode_command *c)
{
	say("t=%d security=%04x/%04x", c->transaction, c->security.uea, c->security.uia);
	say_modes(&c->integrity, &c->ciphering);
	say(" domain=%d", c->domain);
	if (c->echo.present)
		say(" echo=%02x", c->echo.bits);
	say_keys(&c->keys);
}

static void say_info(const struct iuplus_rrc_srns_info *info)
{
	unsigned i;

	say("state=%d procedure=%d ciphering=%d%d latest=%d", info->state, info->procedure, info->ciphering_started[0],
	    info->ciphering_started[1], info->latest_domain);
	for (i = 0; i < info->starts; i++)
		say("%s%d/%05x", i ? "," : " start=", info->start[i].domain, info->start[i].start);
	for (i = 0; i < info->ciphered_rbs; i++)
		say("%s%d/%d/%x/%x", i ? "," : " hfn=", info->rb_hfn[i].rb, info->rb_hfn[i].bits,
		    info->rb_hfn[i].dl_hfn, info->rb_hfn[i].ul_hfn);
	if (info->dl_um_sn)
		say(" um=%d", info->dl_um_sn);
	say(" integrity=%d", info->integrity_started);
	for (i = 0; i < IUPLUS_RRC_SRBS && info->ul[i].used; i++)
		say("%s%07x/%d/%07x/%d", i ? "," : " counts=", info->ul[i].hfn, info->ul[i].sn, info->dl[i].hfn,
		    info->dl[i].sn);
	say(" u=%03x/%05x", info->u_rnti.srnc, info->u_rnti.s_rnti);
	if (info->has_c_rnti)
		say(" c=%04x", info->c_rnti);
	say(" security=%04x/%04x", info->security.uea, info->security.uia);
	if (info->has_ura)
		say(" ura=%04x", info->ura);
	if (info->domains)
		say(" domains=%u", info->domains);
	if (info->ho_rb)
		say(" rb=%d", info->ho_rb);
	if (info->enhanced.present)
		say(" enhanced=%02x", info->enhanced.bits);
	for (i = 0; i < info->next_keys; i++) {
		const struct iuplus_rrc_next_key *key = &info->next_key[i];

		say(" domain=%d counter=%u ncc=%d", key->domain, key->index.counter, key->index.ncc);
		if (key->has_k_rnc)
			say_octets("key", key->k_rnc, sizeof(key->k_rnc));
		else
			say_octets("ik", key->ik_u, sizeof(key->ik_u));
		if (key->has_ck_u)
			say_octets("ck", key->ck_u, sizeof(key->ck_u));
	}
}

/* ---- the vectors ---- */

static size_t unhex(const char *hex, uint8_t *octets, size_t room)
{
	unsigned value;
	size_t n = 0;

	while (n < room && sscanf(hex + 2 * n, "%2x", &value) == 1)
		octets[n++] = (uint8_t)value;
	return n;
}

/* Decodes one PDU and prints its values, or the error. */
static void find(const char *branch, struct iuplus_octets pdu, unsigned flags)
{
	struct iuplus_rrc_error error;
	int rc;

	used = 0;
	if (strncmp(branch, "srncRelocation", 14) == 0) {
		static struct iuplus_rrc_srns_info info;

		rc = iuplus_rrc_srns_info_decode(pdu, flags, &arena, &info, &error);
		if (rc == IUPLUS_OK)
			say_info(&info);
	} else {
		static struct iuplus_rrc_msg m;

		rc = iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, pdu, flags, &arena, &m, &error);
		if (rc == IUPLUS_OK && m.type == IUPLUS_RRC_SECURITY_MODE_COMMAND)
			say_command(&m.u.security_mode_command);
		else if (rc == IUPLUS_OK)
			say_reconfiguration(&m.u.reconfiguration,
					    m.type == IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION);
	}
	if (rc != IUPLUS_OK)
		say("%s at '%s'", iuplus_strrc(rc), error.path);
}

/* The extension's members are the last ones of a line; without them the line is that of a legacy node. */
static void cut_extension(char *expected)
{
	static const char *const first[] = { " network=", " echo=", " enhanced=" };
	size_t i;

	for (i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
		char *at = strstr(expected, first[i]);

		if (at)
			*at = '\0';
	}
}

static void same(const char *branch, const char *expected)
{
	CU_ASSERT_STRING_EQUAL(text, expected);
	if (strcmp(text, expected) != 0)
		fprintf(stderr, "  %s\n  found    %s\n  expected %s\n", branch, text, expected);
}

static void test_branches(void)
{
	const char *srcdir = getenv("srcdir");
	static char line[16384], path[512];
	static uint8_t octets[8192];
	unsigned number = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/test/vectors/rrc-branches.txt", srcdir ? srcdir : ".");
	file = fopen(path, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	while (fgets(line, sizeof(line), file)) {
		char *branch = strtok(line, " "), *hex = strtok(NULL, " "), *expected = strtok(NULL, "\n");
		struct iuplus_octets pdu = { octets, 0 };

		if (branch[0] == '#')
			continue;
		CU_ASSERT_PTR_NOT_NULL_FATAL(expected);
		pdu.len = unhex(hex, octets, sizeof(octets));
		find(branch, pdu, 0);
		same(branch, expected);
		cut_extension(expected);
		find(branch, pdu, IUPLUS_RRC_LEGACY);
		same(branch, expected);
		number++;
		iuplus_arena_reset(&arena, true);
	}
	fclose(file);
	/* 11 branches, 6, 2 and 12 */
	CU_ASSERT_TRUE(number >= 31);
}

IUPLUS_CUNIT_MAIN("rrc_branches", { "every branch, with and without the extension", test_branches })
