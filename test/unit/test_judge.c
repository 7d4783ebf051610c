/* SPDX-License-Identifier: BSD-2-Clause */
/* test_judge: each rule of the judge keeps and breaks with the smallest dialogue; nothing from the middle is ever
 * broken; every obligation has a rule or a reason; hostile octets.
 *
 * test/judge/dialogues.tsv has the dialogues: RULE, "keep" or "break" ("keep+": another rule is broken), steps
 * that " | " separates. "@name" in the first column names steps that others use as a step of their own. A step is
 *	A> message words	connection A, from the core network; A<: from the RNC; a>, a<: begun earlier
 *	0> message words	connectionless
 *	U< message words	RRC of the UE and RNC 1; V: of the same UE and RNC 2
 *	A!			the connection is released
 *	+20			seconds pass
 * A, E: RNC 1 and the SGSN; B, F: RNC 2 and the SGSN; C, G: RNC 1 and the MSC; D, H: RNC 2 and the MSC; 0: RNC 1
 * and the SGSN. Words change the message from a right one (make_ below); without=ID, twice=ID, extra=CRITICALITY
 * change the encoding. */
#include <ctype.h>
#include <iuplus/judge.h>
#include <iuplus/nas.h>
#include <iuplus/ranap.h>

#include "test/unit/cunit_main.h"
#include "test/unit/seed.h"

#define MOST_STEPS 64u
#define MOST_TEXT 8192u
#define SECOND UINT64_C(1000000000)

struct dialogue {
	char id[32], text[MOST_TEXT];
	bool keeps, prelude, others; /* others: another rule has to be broken for it */
};
static struct dialogue dialogues[1024];
static unsigned dialogue_count;

static struct iuplus_arena arena = { .limit = IUPLUS_ARENA_DEFAULT_LIMIT };

static char *path_of(const char *name)
{
	static char path[512];
	const char *dir = getenv("srcdir");

	snprintf(path, sizeof(path), "%s/%s", dir ? dir : ".", name);
	return path;
}

/* ---- words --------------------------------------------------------------------------------------------------- */

static bool word(const char *words, const char *name, const char **value)
{
	size_t n = strlen(name);
	const char *p;

	for (p = words; (p = strstr(p, name)); p += n) {
		if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0' || p[n] == '=')) {
			if (value)
				*value = p[n] == '=' ? p + n + 1 : "";
			return true;
		}
	}
	return false;
}

static bool has(const char *words, const char *name)
{
	return word(words, name, NULL);
}

static unsigned num(const char *words, const char *name, unsigned otherwise)
{
	const char *v;

	return word(words, name, &v) ? (unsigned)strtoul(v, NULL, 0) : otherwise;
}

/* "uia=01": a list of digits, in their order. */
static void protection(struct iuplus_ranap_protection *p, const char *words, const char *name, const char *otherwise,
		       unsigned key)
{
	const char *v;

	if (!word(words, name, &v))
		v = otherwise;
	for (p->count = 0; isdigit((unsigned char)v[p->count]) && p->count < 16; p->count++)
		p->algorithms[p->count] = (uint8_t)(v[p->count] - '0');
	memset(p->key, (int)key, 16);
}

static const struct iuplus_ranap_lai lai = { { 0x00, 0xf1, 0x10 }, 1 };
static const struct iuplus_ranap_sai sai = { { 0x00, 0xf1, 0x10 }, 1, 1 };
static const uint8_t nas[] = { 0x08, 0x01 };

static struct iuplus_ranap_rnc rnc_of(unsigned rnc)
{
	return (struct iuplus_ranap_rnc){ { 0x00, 0xf1, 0x10 }, (uint16_t)rnc };
}

static struct iuplus_ranap_imsi imsi_of(const char *words)
{
	struct iuplus_ranap_imsi imsi = { .len = 0 };
	char digits[32];

	snprintf(digits, sizeof(digits), "00101%010u", num(words, "imsi", 1));
	iuplus_ranap_imsi_parse(digits, &imsi);
	return imsi;
}

static enum iuplus_domain domain_of(char connection, const char *words)
{
	if (has(words, "cs"))
		return IUPLUS_DOMAIN_CS;
	if (has(words, "ps"))
		return IUPLUS_DOMAIN_PS;
	return strchr("CDGH", toupper((unsigned char)connection)) && connection ? IUPLUS_DOMAIN_CS : IUPLUS_DOMAIN_PS;
}

/* ---- keys of the hierarchy ----------------------------------------------------------------------------------- */

/* "NAME=COUNTER.NCC" */
static struct iuplus_security_key_index index_of(const char *words, const char *name)
{
	struct iuplus_security_key_index index = { 1, 0 };
	const char *v;

	if (word(words, name, &v) && *v) {
		index.counter = (uint32_t)strtoul(v, NULL, 10);
		v = strchr(v, '.');
		index.ncc = (uint8_t)(v ? strtoul(v + 1, NULL, 10) : 0);
	}
	return index;
}

/* K_RNC or K_RNC* of an index: any octets that differ from index to index. */
static void k_of(const struct iuplus_security_key_index *index, uint8_t k[32])
{
	memset(k, 0x80, 32);
	k[0] = (uint8_t)index->counter;
	k[1] = index->ncc;
}

/* With the word NAME the pair is the mapped one of that index. */
static void mapped(const char *words, const char *name, uint8_t *ck, uint8_t *ik)
{
	struct iuplus_security_key_index index = index_of(words, name);
	uint8_t k[32];
	int rc;

	if (!has(words, name))
		return;
	k_of(&index, k);
	if (index.ncc)
		rc = iuplus_security_keys_from_k_rnc_star(k, NULL, ck, ik);
	else
		rc = iuplus_security_keys_from_k_rnc(k, NULL, ck, ik);
	CU_ASSERT_EQUAL(rc, IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_security_mapped_keys(ck, ik, ck, ik), IUPLUS_OK);
}

static bool make_enhanced(struct iuplus_ranap_enhanced_security *e, const char *words)
{
	struct iuplus_security_key_index next;

	if (!has(words, "key"))
		return false;
	e->index = index_of(words, "key");
	e->freshness = IUPLUS_SECURITY_FRESHNESS_COUNTER;
	e->vector_used = has(words, "used");
	e->legacy_target_keys = has(words, "letter") ? IUPLUS_SECURITY_TARGET_CK_IK : IUPLUS_SECURITY_TARGET_MAPPED;
	e->keys.has_k_rnc = true;
	k_of(&e->index, e->keys.k_rnc);
	next = e->index;
	next.ncc++;
	e->has_next_key = true;
	e->next_key.index = has(words, "next") ? index_of(words, "next") : next;
	e->next_key.keys.has_k_rnc = true;
	k_of(&e->next_key.index, e->next_key.keys.k_rnc);
	return true;
}

static bool make_key_in_use(struct iuplus_ranap_key_in_use *in_use, const char *words)
{
	in_use->enhanced = has(words, "took");
	in_use->index = index_of(words, "took");
	return has(words, "took") || has(words, "tookcontainer");
}

static void make_rrc_keys(struct iuplus_rrc_enhanced_keys *keys, struct iuplus_rrc_enhanced_capability *beside,
			  const char *words)
{
	beside->present = has(words, "tell");
	beside->bits = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
	keys->count = has(words, "tell") ? 1 : 0;
	keys->key[0].domain = IUPLUS_DOMAIN_PS;
	keys->key[0].index = index_of(words, "tell");
	keys->key[0].freshness = IUPLUS_SECURITY_FRESHNESS_COUNTER;
}

/* SRNS relocation info with the source's next key, or the numbers of RB2. */
static struct iuplus_octets srns_container(const char *words)
{
	struct iuplus_rrc_srns_info *info = iuplus_arena_alloc(&arena, sizeof(*info));
	struct iuplus_octets out = { NULL, 0 };

	CU_ASSERT_PTR_NOT_NULL_FATAL(info);
	info->state = IUPLUS_RRC_CELL_DCH;
	info->enhanced.present = true;
	info->enhanced.bits = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
	info->integrity_started = true;
	info->dl[2].sn = (uint8_t)num(words, "dl", 0);
	info->ul[2].sn = (uint8_t)num(words, "ul", 0);
	info->next_keys = has(words, "nextkey") ? 1 : 0;
	info->next_key[0].domain = IUPLUS_DOMAIN_PS;
	info->next_key[0].index = index_of(words, "nextkey");
	info->next_key[0].has_k_rnc = true;
	k_of(&info->next_key[0].index, info->next_key[0].k_rnc);
	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_encode(info, 0, &arena, &out, NULL), IUPLUS_OK);
	return out;
}

/* ---- RRC ----------------------------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	enum iuplus_rrc_channel channel;
	enum iuplus_rrc_type type;
} rrc_names[] = {
	{ "connect", IUPLUS_RRC_UL_CCCH, IUPLUS_RRC_CONNECTION_REQUEST },
	{ "connected", IUPLUS_RRC_UL_DCCH, IUPLUS_RRC_CONNECTION_SETUP_COMPLETE },
	{ "initial", IUPLUS_RRC_UL_DCCH, IUPLUS_RRC_INITIAL_DIRECT_TRANSFER },
	{ "up", IUPLUS_RRC_UL_DCCH, IUPLUS_RRC_UPLINK_DIRECT_TRANSFER },
	{ "down", IUPLUS_RRC_DL_DCCH, IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER },
	{ "smc", IUPLUS_RRC_DL_DCCH, IUPLUS_RRC_SECURITY_MODE_COMMAND },
	{ "complete", IUPLUS_RRC_UL_DCCH, IUPLUS_RRC_SECURITY_MODE_COMPLETE },
	{ "failure", IUPLUS_RRC_UL_DCCH, IUPLUS_RRC_SECURITY_MODE_FAILURE },
	{ "reconfigure", IUPLUS_RRC_DL_DCCH, IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION },
	{ "reconfigured", IUPLUS_RRC_UL_DCCH, IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE },
};

static void make_reconfiguration(struct iuplus_rrc_reconfiguration *r, const char *words)
{
	r->transaction = (uint8_t)num(words, "tr", 1);
	r->dl_sync.present = !has(words, "nosync");
	r->integrity.present = !has(words, "nointegrity");
	r->integrity.fresh = num(words, "fresh", 9);
	r->ciphering.present = has(words, "cipher");
	r->ciphering.uea = (uint8_t)num(words, "cipher", 0);
	make_rrc_keys(&r->keys, &r->network, words);
}

static struct iuplus_octets rrc_encoded(enum iuplus_rrc_type type, enum iuplus_rrc_channel channel, const char *words)
{
	struct iuplus_rrc_msg *m = iuplus_arena_alloc(&arena, sizeof(*m));
	struct iuplus_rrc_start_list starts = {
		2,
		{ { IUPLUS_DOMAIN_CS, num(words, "start", 2) }, { IUPLUS_DOMAIN_PS, num(words, "start", 2) } }
	};
	struct iuplus_octets out = { NULL, 0 };
	struct iuplus_rrc_error error;
	int rc;

	CU_ASSERT_PTR_NOT_NULL_FATAL(m);
	m->channel = channel;
	m->type = type;
	m->integrity_check.present = has(words, "sn");
	m->integrity_check.sn = (uint8_t)num(words, "sn", 0);
	m->integrity_check.mac = num(words, "mac", 1);
	switch (type) {
	case IUPLUS_RRC_CONNECTION_REQUEST:
		m->u.connection_request.identity.kind = IUPLUS_RRC_IDENTITY_IMSI;
		m->u.connection_request.identity.digits_len = 15;
		m->u.connection_request.cause = IUPLUS_RRC_CAUSE_REGISTRATION;
		break;
	case IUPLUS_RRC_CONNECTION_SETUP_COMPLETE:
		m->u.connection_setup_complete.start = starts;
		m->u.connection_setup_complete.has_capability = true;
		m->u.connection_setup_complete.security.uea = 7;
		m->u.connection_setup_complete.security.uia = 6;
		break;
	case IUPLUS_RRC_INITIAL_DIRECT_TRANSFER:
		m->u.initial_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		m->u.initial_direct_transfer.nas = (struct iuplus_octets){ nas, sizeof(nas) };
		break;
	case IUPLUS_RRC_UPLINK_DIRECT_TRANSFER:
		m->u.uplink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		m->u.uplink_direct_transfer.nas = (struct iuplus_octets){ nas, sizeof(nas) };
		break;
	case IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER:
		m->u.downlink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		m->u.downlink_direct_transfer.nas = (struct iuplus_octets){ nas, sizeof(nas) };
		break;
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		m->u.security_mode_command.transaction = (uint8_t)num(words, "tr", 1);
		m->u.security_mode_command.security.uea = 7;
		m->u.security_mode_command.security.uia = (uint16_t)num(words, "cap", 6);
		m->u.security_mode_command.domain = IUPLUS_DOMAIN_PS;
		m->u.security_mode_command.ciphering.present = has(words, "cipher");
		m->u.security_mode_command.ciphering.uea = (uint8_t)num(words, "cipher", 1);
		m->u.security_mode_command.integrity.present = true;
		m->u.security_mode_command.integrity.modify = has(words, "modify");
		m->u.security_mode_command.integrity.fresh = num(words, "fresh", 5);
		m->u.security_mode_command.integrity.activation.count = 5;
		m->u.security_mode_command.integrity.activation.present = has(words, "modify");
		m->u.security_mode_command.integrity.has_uia = !has(words, "modify");
		m->u.security_mode_command.integrity.uia = 1;
		make_rrc_keys(&m->u.security_mode_command.keys, &m->u.security_mode_command.echo, words);
		break;
	case IUPLUS_RRC_SECURITY_MODE_COMPLETE:
		m->u.security_mode_complete.transaction = (uint8_t)num(words, "tr", 1);
		m->u.security_mode_complete.ul_activation.present = has(words, "activation");
		m->u.security_mode_complete.ul_activation.count = 5;
		m->u.security_mode_complete.rb_ul.count = has(words, "rbs") ? 1 : 0;
		m->u.security_mode_complete.rb_ul.list[0].rb = 2;
		break;
	case IUPLUS_RRC_SECURITY_MODE_FAILURE:
		m->u.failure.has_transaction = true;
		m->u.failure.transaction = 1;
		m->u.failure.failure.cause = IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION;
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
		make_reconfiguration(&m->u.reconfiguration, words);
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
		m->u.reconfiguration_complete.transaction = (uint8_t)num(words, "tr", 1);
		m->u.reconfiguration_complete.ul_sync.present = !has(words, "nosync");
		m->u.reconfiguration_complete.ul_sync.start = starts;
		break;
	default:
		break;
	}
	rc = iuplus_rrc_encode(m, 0, &arena, &out, &error);
	if (rc) {
		fprintf(stderr, "%s %s: %s %s\n", iuplus_rrc_name(type), words, iuplus_strrc(rc), error.path);
		CU_FAIL("an RRC message of a dialogue does not encode");
	}
	return out;
}

/* The container of a target that has a message for the UE. */
static struct iuplus_octets rrc_container(const char *words)
{
	struct iuplus_rrc_to_source c = { .failure = false };
	struct iuplus_octets out = { NULL, 0 };

	c.dl_dcch = rrc_encoded(IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION, IUPLUS_RRC_DL_DCCH, words);
	CU_ASSERT_EQUAL(iuplus_rrc_to_source_encode(&c, &arena, &out, NULL), IUPLUS_OK);
	return out;
}

/* ---- messages ------------------------------------------------------------------------------------------------ */

static void make_container(struct iuplus_ranap_source_to_target *c, const char *words)
{
	static const uint8_t rrc[] = { 1, 2, 3 }, bad[] = { 0xff, 0xff, 0xff };

	c->rrc_container = (struct iuplus_octets){ rrc, sizeof(rrc) };
	if (has(words, "nextkey") || has(words, "dl") || has(words, "ul"))
		c->rrc_container = srns_container(words);
	if (has(words, "norrc"))
		c->rrc_container.len = 0;
	c->iu_instances = (uint8_t)num(words, "inst", 1);
	c->ue_involved = !has(words, "notinvolved");
	if (has(words, "othertype"))
		c->ue_involved = !c->ue_involved;
	c->has_integrity_algorithm = !has(words, "nocuia") && !has(words, "plain");
	c->integrity_algorithm = (uint8_t)num(words, "cuia", 1);
	c->has_ik = !has(words, "noik") && !has(words, "plain");
	memset(c->ik, (int)num(words, "cik", 1), 16);
	c->has_encryption_algorithm = !has(words, "nocuea") && !has(words, "plain") && !has(words, "nocrypt");
	c->encryption_algorithm = (uint8_t)num(words, "cuea", 1);
	c->has_ck = !has(words, "nock") && !has(words, "plain") && !has(words, "nocrypt");
	memset(c->ck, (int)num(words, "cck", 2), 16);
	mapped(words, "cm", c->ck, c->ik);
	c->has_ps_algorithm = !has(words, "nopsalg") && !has(words, "plain") && !has(words, "nocrypt");
	c->ps_algorithm = (uint8_t)num(words, "psalg", 1);
	c->has_cs_algorithm = has(words, "csalg");
	c->cs_algorithm = (uint8_t)num(words, "csalg", 1);
	c->has_target_cell = c->ue_involved && !has(words, "nocell");
	c->target_cell = 0x20001;
	c->has_d_rnti = !c->ue_involved && !has(words, "nornti");
	c->d_rnti = 5;
	if (has(words, "bad"))
		c->encoded = (struct iuplus_octets){ bad, sizeof(bad) };
}

static void make_answer_container(struct iuplus_ranap_target_to_source *c, const char *words)
{
	static uint8_t rrc[1];

	rrc[0] = (uint8_t)num(words, "t", 7);
	c->rrc_container = (struct iuplus_octets){ rrc, sizeof(rrc) };
	if (has(words, "rrc"))
		c->rrc_container = rrc_container(words);
	if (has(words, "tnorrc"))
		c->rrc_container.len = 0;
}

static void make_diagnostics(struct iuplus_ranap_diagnostics *d, bool *present, const char *words)
{
	static struct iuplus_ranap_ie_diagnostics ie;

	*present = has(words, "diag") || has(words, "code");
	if (has(words, "code")) {
		d->has_procedure_code = true;
		d->procedure_code = (uint8_t)num(words, "code", 0);
		d->has_triggering_message = !has(words, "notrigger");
		d->has_procedure_criticality = !has(words, "nocrit");
	}
	if (has(words, "diag")) {
		ie = (struct iuplus_ranap_ie_diagnostics){ .criticality = IUPLUS_RANAP_REJECT,
							   .ie_id = (uint16_t)num(words, "diag", 0),
							   .missing = true };
		d->ie_count = 1;
		d->ies = &ie;
	}
}

static void make_causes(struct iuplus_ranap_rab_causes *list, const char *words, const char *name)
{
	static struct iuplus_ranap_rab_cause items[4][8];
	static unsigned use;
	struct iuplus_ranap_rab_cause *to = items[use++ % 4];
	const char *v;

	if (!word(words, name, &v))
		return;
	for (list->count = 0; isdigit((unsigned char)v[list->count]) && list->count < 8; list->count++)
		to[list->count] = (struct iuplus_ranap_rab_cause){ (uint8_t)(v[list->count] - '0'), 15 };
	list->list = to;
}

static void make_ids(struct iuplus_ranap_iu_sig_cons *list, const char *words)
{
	static struct iuplus_ranap_iu_sig_con items[2];

	items[0].id = num(words, "id", 1);
	items[1].id = num(words, "id2", 2);
	if (has(words, "swap")) {
		items[0].id = num(words, "id2", 2);
		items[1].id = num(words, "id", 1);
	}
	list->count = 2;
	list->list = items;
}

struct name {
	const char *name;
	unsigned kind;
};
static const struct name names[] = {
	{ "initial", IUPLUS_RANAP_INITIAL_UE_MESSAGE },
	{ "direct", IUPLUS_RANAP_DIRECT_TRANSFER },
	{ "common", IUPLUS_RANAP_COMMON_ID },
	{ "smc", IUPLUS_RANAP_SECURITY_MODE_COMMAND },
	{ "complete", IUPLUS_RANAP_SECURITY_MODE_COMPLETE },
	{ "reject", IUPLUS_RANAP_SECURITY_MODE_REJECT },
	{ "required", IUPLUS_RANAP_RELOCATION_REQUIRED },
	{ "command", IUPLUS_RANAP_RELOCATION_COMMAND },
	{ "prepfail", IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE },
	{ "request", IUPLUS_RANAP_RELOCATION_REQUEST },
	{ "ack", IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE },
	{ "fail", IUPLUS_RANAP_RELOCATION_FAILURE },
	{ "cancel", IUPLUS_RANAP_RELOCATION_CANCEL },
	{ "cancelack", IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE },
	{ "detect", IUPLUS_RANAP_RELOCATION_DETECT },
	{ "relocated", IUPLUS_RANAP_RELOCATION_COMPLETE },
	{ "iurequest", IUPLUS_RANAP_IU_RELEASE_REQUEST },
	{ "release", IUPLUS_RANAP_IU_RELEASE_COMMAND },
	{ "released", IUPLUS_RANAP_IU_RELEASE_COMPLETE },
	{ "reset", IUPLUS_RANAP_RESET },
	{ "resetack", IUPLUS_RANAP_RESET_ACKNOWLEDGE },
	{ "error", IUPLUS_RANAP_ERROR_INDICATION },
	{ "rabs", IUPLUS_RANAP_RAB_ASSIGNMENT_REQUEST },
	{ "rabsdone", IUPLUS_RANAP_RAB_ASSIGNMENT_RESPONSE },
	{ "rabrelease", IUPLUS_RANAP_RAB_RELEASE_REQUEST },
	{ "contexts", IUPLUS_RANAP_SRNS_CONTEXT_REQUEST },
	{ "contextsdone", IUPLUS_RANAP_SRNS_CONTEXT_RESPONSE },
	{ "overload", IUPLUS_RANAP_OVERLOAD },
	{ "resource", IUPLUS_RANAP_RESET_RESOURCE },
	{ "resourceack", IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE },
	{ "enhanced", IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_REQUEST },
	{ "enhanceddone", IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_RESPONSE },
	{ "enhancedfail", IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_FAILURE },
	{ "srvcc", IUPLUS_RANAP_SRVCC_CS_KEYS_REQUEST },
	{ "srvccdone", IUPLUS_RANAP_SRVCC_CS_KEYS_RESPONSE },
};

static void make_nas(struct iuplus_octets *nas_pdu, const char *words)
{
	static const uint8_t autn[16], imeisv[] = { 0x03, 0, 0, 0, 0, 0, 0, 0, 0xf0 };
	static uint8_t pdu[IUPLUS_NAS_MAX_PDU];
	struct iuplus_nas_msg m = { .type = IUPLUS_NAS_GMM_STATUS };
	enum iuplus_nas_direction direction = IUPLUS_NAS_DOWNLINK;
	size_t len;

	if (has(words, "challenge")) {
		m.type = IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST;
		m.u.authentication_request.reference = (uint8_t)num(words, "ref", 1);
		m.u.authentication_request.has_rand = m.u.authentication_request.has_cksn = true;
		memset(m.u.authentication_request.rand, (int)num(words, "challenge", 1), 16);
		m.u.authentication_request.autn = (struct iuplus_octets){ autn, sizeof(autn) };
		m.u.authentication_request.imeisv_request = has(words, "imeisv");
	} else if (has(words, "response")) {
		direction = IUPLUS_NAS_UPLINK;
		m.type = IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE;
		m.u.authentication_response.reference = (uint8_t)num(words, "ref", 1);
		m.u.authentication_response.has_res = true;
		if (has(words, "imeisv"))
			m.u.authentication_response.imeisv = (struct iuplus_octets){ imeisv, sizeof(imeisv) };
	} else if (has(words, "ask")) {
		m.type = IUPLUS_NAS_IDENTITY_REQUEST;
		m.u.identity_request.identity_type = (uint8_t)num(words, "ask", 1);
	} else if (has(words, "tell")) {
		direction = IUPLUS_NAS_UPLINK;
		m.type = IUPLUS_NAS_IDENTITY_RESPONSE;
		m.u.identity_response.identity.type = (enum iuplus_nas_identity_type)num(words, "tell", 1);
		snprintf(m.u.identity_response.identity.digits, sizeof(m.u.identity_response.identity.digits), "%s",
			 num(words, "tell", 1) == IUPLUS_NAS_IDENTITY_IMSI ? "001010000000001" : "123456789012345");
	} else {
		return;
	}
	CU_ASSERT_EQUAL(iuplus_nas_encode(&m, direction, pdu, sizeof(pdu), &len), IUPLUS_OK);
	*nas_pdu = (struct iuplus_octets){ pdu, len };
}

static void make(struct iuplus_ranap_msg *m, char connection, bool from_rnc, const char *words)
{
	unsigned rnc = strchr("BDFH", toupper((unsigned char)connection)) && connection ? 2 : 1;
	static struct iuplus_ranap_rab_id ids[8];
	const char *v;

	switch (m->kind) {
	case IUPLUS_RANAP_INITIAL_UE_MESSAGE:
		m->u.initial_ue_message = (struct iuplus_ranap_initial_ue_message){
			.domain = domain_of(connection, words),
			.lai = lai,
			.sai = sai,
			.rac = 1,
			.nas_pdu = { nas, sizeof(nas) },
			.rnc = rnc_of(rnc),
			.iu_sig_con_id = num(words, "id", (unsigned)toupper((unsigned char)connection) - 64u)
		};
		m->u.initial_ue_message.has_rac = m->u.initial_ue_message.domain == IUPLUS_DOMAIN_PS;
		if (has(words, "norac") || has(words, "rac"))
			m->u.initial_ue_message.has_rac = has(words, "rac");
		break;
	case IUPLUS_RANAP_DIRECT_TRANSFER:
		m->u.direct_transfer = (struct iuplus_ranap_direct_transfer){
			.nas_pdu = { nas, sizeof(nas) },
			.lai = lai,
			.sai = sai,
			.rac = 1,
			.has_sapi = from_rnc == has(words, "sapi") && !has(words, "nosapi")
		};
		make_nas(&m->u.direct_transfer.nas_pdu, words);
		m->u.direct_transfer.lai.lac = (uint16_t)num(words, "lac", 1);
		m->u.direct_transfer.has_sapi = from_rnc ? has(words, "sapi") : !has(words, "nosapi");
		m->u.direct_transfer.has_lai = m->u.direct_transfer.has_rac = m->u.direct_transfer.has_sai =
			from_rnc ? !has(words, "noarea") : has(words, "area");
		break;
	case IUPLUS_RANAP_COMMON_ID:
		m->u.common_id.imsi = imsi_of(words);
		break;
	case IUPLUS_RANAP_SECURITY_MODE_COMMAND:
		protection(&m->u.security_mode_command.integrity, words, "uia", "12", num(words, "ik", 1));
		m->u.security_mode_command.has_encryption = !has(words, "nouea");
		protection(&m->u.security_mode_command.encryption, words, "uea", "120", num(words, "ck", 2));
		m->u.security_mode_command.key_new = !has(words, "old");
		m->u.security_mode_command.has_enhanced = make_enhanced(&m->u.security_mode_command.enhanced, words);
		mapped(words, "m", m->u.security_mode_command.encryption.key, m->u.security_mode_command.integrity.key);
		break;
	case IUPLUS_RANAP_SECURITY_MODE_COMPLETE:
		m->u.security_mode_complete.integrity_algorithm = (uint8_t)num(words, "uia", 1);
		m->u.security_mode_complete.has_encryption_algorithm = !has(words, "nouea");
		m->u.security_mode_complete.encryption_algorithm = (uint8_t)num(words, "uea", 1);
		break;
	case IUPLUS_RANAP_RELOCATION_REQUIRED:
		m->u.relocation_required = (struct iuplus_ranap_relocation_required){
			.ue_involved = !has(words, "notinvolved"),
			.cause = (uint16_t)num(words, "cause", 43),
			.source_rnc = rnc_of(num(words, "source", rnc)),
			.target_is_rnc = true,
			.target = { .lai = lai, .rac = 1, .rnc_id = 2 },
			.has_container = !has(words, "nocontainer")
		};
		m->u.relocation_required.target.has_rac = domain_of(connection, words) == IUPLUS_DOMAIN_PS;
		if (has(words, "norac") || has(words, "rac"))
			m->u.relocation_required.target.has_rac = has(words, "rac");
		make_container(&m->u.relocation_required.container, words);
		break;
	case IUPLUS_RANAP_RELOCATION_COMMAND:
		m->u.relocation_command.has_container = !has(words, "nocontainer");
		make_answer_container(&m->u.relocation_command.container, words);
		break;
	case IUPLUS_RANAP_RELOCATION_REQUEST:
		m->u.relocation_request = (struct iuplus_ranap_relocation_request){
			.has_imsi = !has(words, "noimsi"),
			.imsi = imsi_of(words),
			.cause = (uint16_t)num(words, "cause", 43),
			.domain = domain_of(connection, words),
			.has_integrity = !has(words, "nouia"),
			.has_encryption = !has(words, "nouea"),
			.iu_sig_con_id = num(words, "id", 0x800000u + (unsigned)toupper((unsigned char)connection))
		};
		protection(&m->u.relocation_request.integrity, words, "uia", "12", 1);
		protection(&m->u.relocation_request.encryption, words, "uea", "120", 2);
		m->u.relocation_request.has_enhanced = make_enhanced(&m->u.relocation_request.enhanced, words);
		mapped(words, "m", m->u.relocation_request.encryption.key, m->u.relocation_request.integrity.key);
		make_container(&m->u.relocation_request.container, words);
		break;
	case IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE:
		m->u.relocation_request_acknowledge = (struct iuplus_ranap_relocation_request_acknowledge){
			.has_container = !has(words, "nocontainer"),
			.has_integrity_algorithm = !has(words, "nouia") && !has(words, "plain"),
			.integrity_algorithm = (uint8_t)num(words, "uia", 1),
			.has_encryption_algorithm = !has(words, "nouea") && !has(words, "plain"),
			.encryption_algorithm = (uint8_t)num(words, "uea", 1)
		};
		make_answer_container(&m->u.relocation_request_acknowledge.container, words);
		m->u.relocation_request_acknowledge.has_network_capability = has(words, "plus");
		m->u.relocation_request_acknowledge.network_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
		m->u.relocation_request_acknowledge.has_key_in_use =
			make_key_in_use(&m->u.relocation_request_acknowledge.key_in_use, words);
		break;
	case IUPLUS_RANAP_RELOCATION_COMPLETE:
		m->u.relocation_complete.has_key_in_use = make_key_in_use(&m->u.relocation_complete.key_in_use, words);
		break;
	case IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE:
	case IUPLUS_RANAP_RELOCATION_FAILURE:
	case IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_FAILURE:
	case IUPLUS_RANAP_SECURITY_MODE_REJECT:
		m->u.failure.cause = (uint16_t)num(words, "cause", 29);
		make_diagnostics(&m->u.failure.diagnostics, &m->u.failure.has_diagnostics, words);
		break;
	case IUPLUS_RANAP_RELOCATION_CANCEL:
		m->u.relocation_cancel.cause = (uint16_t)num(words, "cause", 10);
		break;
	case IUPLUS_RANAP_IU_RELEASE_REQUEST:
		m->u.iu_release_request.cause = (uint16_t)num(words, "cause", 16);
		break;
	case IUPLUS_RANAP_IU_RELEASE_COMMAND:
		m->u.iu_release_command.cause = (uint16_t)num(words, "cause", 83);
		break;
	case IUPLUS_RANAP_IU_RELEASE_COMPLETE:
		make_diagnostics(&m->u.iu_release_complete.diagnostics, &m->u.iu_release_complete.has_diagnostics,
				 words);
		break;
	case IUPLUS_RANAP_RESET:
	case IUPLUS_RANAP_RESET_ACKNOWLEDGE:
		m->u.reset = (struct iuplus_ranap_reset){
			.cause = 115,
			.domain = IUPLUS_DOMAIN_PS,
			.rnc = rnc_of(1),
			.has_rnc = from_rnc ? !has(words, "nornc") : has(words, "rnc")
		};
		break;
	case IUPLUS_RANAP_ERROR_INDICATION:
		m->u.error_indication = (struct iuplus_ranap_error_indication){
			.has_cause = !has(words, "nocause"),
			.cause = (uint16_t)num(words, "cause", 99),
			.has_domain = connection == '0' && !has(words, "nodomain"),
			.domain = IUPLUS_DOMAIN_PS,
			.has_rnc = connection == '0' && from_rnc && !has(words, "nornc"),
			.rnc = rnc_of(1)
		};
		make_diagnostics(&m->u.error_indication.diagnostics, &m->u.error_indication.has_diagnostics, words);
		break;
	case IUPLUS_RANAP_RAB_ASSIGNMENT_REQUEST:
		make_causes(&m->u.rab_assignment_request.released, words, "drop");
		break;
	case IUPLUS_RANAP_RAB_ASSIGNMENT_RESPONSE:
		make_causes(&m->u.rab_assignment_response.failed, words, "failed");
		make_causes(&m->u.rab_assignment_response.release_failed, words, "kept");
		break;
	case IUPLUS_RANAP_RAB_RELEASE_REQUEST:
		make_causes(&m->u.rab_release_request.released, words, "drop");
		break;
	case IUPLUS_RANAP_SRNS_CONTEXT_REQUEST:
		if (!word(words, "rab", &v))
			v = "5";
		for (m->u.srns_context_request.rabs.count = 0; isdigit((unsigned char)*v); v++)
			ids[m->u.srns_context_request.rabs.count++].id = (uint8_t)(*v - '0');
		m->u.srns_context_request.rabs.list = ids;
		break;
	case IUPLUS_RANAP_SRNS_CONTEXT_RESPONSE:
		make_causes(&m->u.srns_context_response.failed, words, "failed");
		break;
	case IUPLUS_RANAP_OVERLOAD:
		m->u.overload.has_rnc = !has(words, "nornc");
		m->u.overload.rnc = rnc_of(1);
		break;
	case IUPLUS_RANAP_RESET_RESOURCE:
	case IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE:
		m->u.reset_resource = (struct iuplus_ranap_reset_resource){
			.domain = IUPLUS_DOMAIN_PS,
			.cause = 65,
			.has_rnc = from_rnc ? !has(words, "nornc") : has(words, "rnc"),
			.rnc = rnc_of(1)
		};
		make_ids(&m->u.reset_resource.connections, words);
		break;
	case IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_REQUEST:
		m->u.enhanced_relocation_complete_request.iu_sig_con_id = num(words, "id", 9);
		m->u.enhanced_relocation_complete_request.old_iu_sig_con_id = 1;
		m->u.enhanced_relocation_complete_request.source = rnc_of(1);
		m->u.enhanced_relocation_complete_request.target = rnc_of(2);
		break;
	default:
		break;
	}
}

/* ---- the encoding changed ------------------------------------------------------------------------------------ */

/* Takes an IE out, repeats it, or adds an unknown one. The message has less than 16K octets. */
static struct iuplus_octets change(struct iuplus_octets in, const char *words)
{
	static uint8_t out[32768];
	unsigned without = num(words, "without", 0), twice = num(words, "twice", 0), extra = num(words, "extra", 9);
	size_t at = in.data[3] & 0x80 ? 5 : 4, to = 0, n, count = 0;
	uint8_t list[16384];

	if (!without && !twice && extra == 9)
		return in;
	at += 3; /* preamble, number of IEs */
	while (at + 4 <= in.len) {
		unsigned id = (unsigned)(in.data[at] << 8 | in.data[at + 1]),
			 times = id == without ? 0 :
				 id == twice   ? 2 :
						 1;

		n = in.data[at + 3] & 0x80 ? 5u + (((in.data[at + 3] & 0x3fu) << 8) | in.data[at + 4]) :
					     4u + in.data[at + 3];
		for (; times; times--, count++, to += n)
			memcpy(list + to, in.data + at, n);
		at += n;
	}
	if (extra != 9) {
		const uint8_t ie[] = { 0x03, 0xe7, (uint8_t)(extra << 6), 1, 0 };

		memcpy(list + to, ie, sizeof(ie));
		to += sizeof(ie);
		count++;
	}
	memcpy(out, in.data, 3);
	out[3] = (uint8_t)(0x80 | (to + 3) >> 8);
	out[4] = (uint8_t)(to + 3);
	out[5] = in.data[in.data[3] & 0x80 ? 5 : 4];
	out[6] = (uint8_t)(count >> 8);
	out[7] = (uint8_t)count;
	memcpy(out + 8, list, to);
	return (struct iuplus_octets){ out, to + 8 };
}

static struct iuplus_octets encoded(char connection, bool from_rnc, const char *message, const char *words)
{
	struct iuplus_ranap_msg *m = iuplus_arena_alloc(&arena, sizeof(*m));
	struct iuplus_octets out = { NULL, 0 };
	unsigned i;
	int rc = IUPLUS_ERR_ARGUMENT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(m);
	if (strcmp(message, "empty") == 0) {
		static uint8_t pdu[7] = { 0, 0, 0, 3, 0, 0, 0 };

		pdu[0] = (uint8_t)(num(words, "alt", 0) << 5);
		pdu[1] = (uint8_t)num(words, "code", 0);
		return (struct iuplus_octets){ pdu, sizeof(pdu) };
	}
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i].name, message) == 0) {
			m->kind = names[i].kind;
			make(m, connection, from_rnc, words);
			rc = iuplus_ranap_encode(m, 0, &arena, &out);
		}
	}
	if (rc) {
		fprintf(stderr, "%s %s: %s\n", message, words, iuplus_strrc(rc));
		CU_FAIL("a message of a dialogue does not encode");
		return out;
	}
	return change(out, words);
}

/* ---- running a dialogue -------------------------------------------------------------------------------------- */

struct run {
	struct iuplus_judge *judge;
	const char *id; /* the rule looked for */
	unsigned kept, broken, others;
	char said[1024];
	unsigned frame, skip;
	uint64_t now;
	bool begun[128];
	unsigned flip; /* octet to damage, plus 1 */
};

static void found(void *user, const struct iuplus_judge_finding *f)
{
	struct run *r = user;

	if (strcmp(f->rule->id, r->id) == 0) {
		r->kept += f->verdict == IUPLUS_JUDGE_KEPT;
		r->broken += f->verdict == IUPLUS_JUDGE_BROKEN;
	} else if (f->verdict == IUPLUS_JUDGE_BROKEN) {
		r->others++;
	}
	if (f->verdict == IUPLUS_JUDGE_BROKEN)
		snprintf(r->said, sizeof(r->said), "frame %u %s: %s", f->frame, f->rule->id, f->what);
}

static void steps(struct run *r, const char *text);

/* U: the UE and RNC 1, V: the same UE and RNC 2. */
static void rrc_step(struct run *r, char which, bool uplink, const char *message, const char *words)
{
	struct iuplus_judge_rrc m = { .frame = r->frame,
				      .time_ns = r->now,
				      .ue = 77,
				      .rb = (int)num(words, "rb", -1u) };
	unsigned i;

	m.rnc = which == 'V' ? 2 : 1;
	m.integrity = has(words, "wrong") ? -1 : has(words, "count") ? 1 : 0;
	m.has_count = has(words, "count");
	m.count = num(words, "count", 0);
	m.key = 1;
	for (i = 0; i < sizeof(rrc_names) / sizeof(rrc_names[0]); i++) {
		if (strcmp(rrc_names[i].name, message) == 0) {
			m.channel = rrc_names[i].channel;
			CU_ASSERT_EQUAL(uplink, m.channel == IUPLUS_RRC_UL_CCCH || m.channel == IUPLUS_RRC_UL_DCCH);
			m.pdu = rrc_encoded(rrc_names[i].type, m.channel, words);
			CU_ASSERT_EQUAL(iuplus_judge_rrc(r->judge, &m), IUPLUS_OK);
			return;
		}
	}
	CU_FAIL("no such RRC message");
}

static void step(struct run *r, const char *text)
{
	struct iuplus_judge_ranap m = { .first = false };
	char message[32];
	uint64_t rnc, cn;
	unsigned i, n = 0;
	char c = text[0];
	const char *words;

	if (*text == '@') {
		for (i = 0; i < dialogue_count; i++) {
			if (dialogues[i].prelude && strcmp(dialogues[i].id, text) == 0) {
				steps(r, dialogues[i].text);
				return;
			}
		}
		CU_FAIL("no such prelude");
		return;
	}
	if (c == '+') {
		r->now += strtoull(text + 1, NULL, 10) * SECOND;
		return;
	}
	r->frame++;
	r->now += SECOND / 100;
	if (r->skip >= r->frame)
		return;
	if (text[1] == '!') {
		iuplus_judge_released(r->judge, (uint64_t)toupper((unsigned char)c), r->now);
		return;
	}
	for (words = text + 2; *words == ' '; words++)
		;
	for (; words[n] && words[n] != ' ' && n < sizeof(message) - 1; n++)
		message[n] = words[n];
	message[n] = '\0';
	words += n;
	words += *words == ' ';
	if (c == 'U' || c == 'V') {
		rrc_step(r, c, text[1] == '<', message, words);
		return;
	}
	rnc = strchr("BDFHbdfh", c) ? 12 : 11;
	cn = strchr("CDGHcdgh", c) ? 22 : 21;
	m.pdu = encoded(c, text[1] == '<', message, words);
	m.frame = r->frame;
	m.time_ns = r->now;
	m.from = text[1] == '<' ? rnc : cn;
	m.to = text[1] == '<' ? cn : rnc;
	m.connection = c == '0' ? 0 : (uint64_t)toupper((unsigned char)c);
	m.first = !r->begun[(unsigned char)c & 127] && isupper((unsigned char)c) && !r->skip;
	r->begun[(unsigned char)c & 127] = true;
	iuplus_judge_ranap(r->judge, &m);
}

static void steps(struct run *r, const char *text)
{
	char one[1024];

	while (*text) {
		const char *end = strstr(text, " | ");
		size_t n = end ? (size_t)(end - text) : strlen(text);

		snprintf(one, sizeof(one), "%.*s", (int)n, text);
		step(r, one);
		text += n;
		if (end)
			text += 3;
	}
}

static struct run run(const struct dialogue *d, unsigned skip)
{
	struct run r = { .id = d->id, .skip = skip };

	r.judge = iuplus_judge_new(found, &r);
	CU_ASSERT_PTR_NOT_NULL_FATAL(r.judge);
	steps(&r, d->text);
	iuplus_judge_end(r.judge);
	iuplus_judge_free(r.judge);
	r.judge = NULL;
	iuplus_arena_reset(&arena, false);
	return r;
}

static void load(void)
{
	static char line[MOST_TEXT + 64];
	FILE *f = dialogue_count ? NULL : fopen(path_of("test/judge/dialogues.tsv"), "r");

	CU_ASSERT_FATAL(dialogue_count || f);
	while (f && fgets(line, sizeof(line), f)) {
		struct dialogue *d = &dialogues[dialogue_count];
		char *verdict = strchr(line, '\t'), *text = verdict ? strchr(verdict + 1, '\t') : NULL;

		if (line[0] == '#' || !text)
			continue;
		*verdict++ = '\0';
		*text++ = '\0';
		text[strcspn(text, "\n")] = '\0';
		snprintf(d->id, sizeof(d->id), "%.31s", line);
		snprintf(d->text, sizeof(d->text), "%s", text);
		d->prelude = line[0] == '@';
		d->keeps = strncmp(verdict, "keep", 4) == 0;
		d->others = strcmp(verdict, "keep+") == 0;
		dialogue_count++;
		CU_ASSERT_FATAL(dialogue_count < sizeof(dialogues) / sizeof(dialogues[0]));
	}
	if (f)
		fclose(f);
}

static void complain(const struct dialogue *d, const char *what, const char *said)
{
	fprintf(stderr, "%s %s: %s%s%s\n", d->id, d->keeps ? "keep" : "break", what, *said ? ": " : "", said);
	CU_FAIL("see above");
}

/* Each dialogue keeps its rule and every other, or breaks it. */
static void test_dialogues(void)
{
	unsigned i;

	load();
	for (i = 0; i < dialogue_count; i++) {
		struct run r;

		if (dialogues[i].prelude)
			continue;
		r = run(&dialogues[i], 0);
		if (dialogues[i].keeps && r.kept == 0)
			complain(&dialogues[i], "the rule is not kept", r.said);
		if (dialogues[i].keeps && (r.broken || (r.others && !dialogues[i].others)))
			complain(&dialogues[i], "a rule is broken", r.said);
		if (!dialogues[i].keeps && r.broken == 0)
			complain(&dialogues[i], "the rule is not broken", r.said);
	}
}

/* Every rule has a dialogue that keeps it and one that breaks it, and every dialogue has a rule. */
static void test_every_rule(void)
{
	size_t i;
	unsigned k;

	load();
	for (i = 0; i < iuplus_judge_rule_count(); i++) {
		bool keeps = false, breaks = false;

		for (k = 0; k < dialogue_count; k++) {
			bool mine = strcmp(dialogues[k].id, iuplus_judge_rule(i)->id) == 0;

			keeps = keeps || (mine && dialogues[k].keeps);
			breaks = breaks || (mine && !dialogues[k].keeps);
		}
		if (!keeps || !breaks) {
			fprintf(stderr, "%s has no dialogue that %s it\n", iuplus_judge_rule(i)->id,
				keeps ? "breaks" : "keeps");
			CU_FAIL("see above");
		}
	}
	for (k = 0; k < dialogue_count; k++) {
		for (i = 0; i < iuplus_judge_rule_count() && strcmp(iuplus_judge_rule(i)->id, dialogues[k].id); i++)
			;
		if (!dialogues[k].prelude && i == iuplus_judge_rule_count())
			complain(&dialogues[k], "there is no such rule", "");
	}
}

/* A good dialogue whose beginning is not captured breaks nothing. */
static void test_from_the_middle(void)
{
	unsigned i, skip;

	load();
	for (i = 0; i < dialogue_count; i++) {
		for (skip = 1; skip < MOST_STEPS && dialogues[i].keeps && !dialogues[i].others && !dialogues[i].prelude;
		     skip++) {
			struct run r = run(&dialogues[i], skip);

			if (r.broken || r.others)
				complain(&dialogues[i], "a rule is broken when the beginning is missing", r.said);
			if (r.frame <= skip)
				break;
		}
	}
}

/* obligations.tsv: every rule is there, and what has no rule has a reason. */
static void test_obligations(void)
{
	static char line[2048];
	FILE *f = fopen(path_of("src/judge/obligations.tsv"), "r");
	unsigned rules = 0, rows = 0;
	size_t i;

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	while (fgets(line, sizeof(line), f)) {
		char *column[4] = { line };
		unsigned n;

		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || strncmp(line, "id\t", 3) == 0)
			continue;
		for (n = 1; n < 4 && (column[n] = strchr(column[n - 1], '\t')); n++)
			*column[n]++ = '\0';
		CU_ASSERT_FATAL(n == 4);
		rows++;
		for (i = 0; i < iuplus_judge_rule_count() && strcmp(iuplus_judge_rule(i)->id, column[0]); i++)
			;
		if (strcmp(column[2], "rule") == 0) {
			rules++;
			if (i == iuplus_judge_rule_count() || !strstr(column[1], iuplus_judge_rule(i)->clause)) {
				fprintf(stderr, "%s %s: no such rule\n", column[0], column[1]);
				CU_FAIL("see above");
			}
		} else if (strcmp(column[2], "reason") || strlen(column[3]) < 8 || i < iuplus_judge_rule_count()) {
			fprintf(stderr, "%s: neither a rule nor a reason\n", column[0]);
			CU_FAIL("see above");
		}
	}
	fclose(f);
	CU_ASSERT_EQUAL(rules, iuplus_judge_rule_count());
	CU_ASSERT(rows >= 596);
}

/* Damaged and made up octets: any verdict is right, the judge only has to continue. */
static void test_hostile(void)
{
	struct iuplus_judge *j = iuplus_judge_new(NULL, NULL);
	uint64_t seed = seed_begin();
	unsigned i, k;

	CU_ASSERT_PTR_NOT_NULL_FATAL(j);
	for (i = 0; i < 20000; i++) {
		const struct name *n = &names[i % (sizeof(names) / sizeof(names[0]))];
		struct iuplus_octets good = encoded('A', i & 1, n->name, "drop=5 failed=5");
		uint8_t *octets = malloc(good.len + 1);
		struct iuplus_judge_ranap m = {
			.frame = i + 1,
			.time_ns = i * SECOND,
			.from = 1 + i % 3,
			.to = 4 - i % 3,
			.connection = i % 7,
			.first = i % 5 == 0,
			.pdu = { octets, good.len }
		};

		CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
		memcpy(octets, good.data, good.len);
		for (k = 0; k < i % 4; k++) {
			uint64_t random = seed_next(&seed);

			octets[(random >> 33) % good.len] ^= (uint8_t)(random >> 56);
		}
		m.pdu.len -= seed_next(&seed) % 4 == 0 ? seed_next(&seed) % good.len : 0;
		iuplus_judge_ranap(j, &m);
		if (i % 11 == 0)
			iuplus_judge_released(j, i % 7, m.time_ns);
		free(octets);
		iuplus_arena_reset(&arena, false);
	}
	iuplus_judge_end(j);
	CU_ASSERT_EQUAL(iuplus_judge_totals(j).ranap, 20000);
	iuplus_judge_free(j);
	iuplus_judge_free(NULL);
	CU_ASSERT_PTR_NULL(iuplus_judge_rule(iuplus_judge_rule_count()));
}

/* A capture of any length: each connection is one of its own, what is released does not stay in memory, and what is not
 * released does. */
static void test_released_is_forgotten(void)
{
	struct iuplus_judge *j = iuplus_judge_new(NULL, NULL);
	struct iuplus_octets initial = encoded('A', true, "initial", "");
	struct iuplus_judge_ranap m = { .from = 11, .to = 21, .first = true, .pdu = initial };
	unsigned i, most = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(j);
	for (i = 1; i <= 20000; i++) {
		m.frame = i;
		m.connection = i;
		m.time_ns = i * SECOND;
		CU_ASSERT_EQUAL(iuplus_judge_ranap(j, &m), IUPLUS_OK);
		if (i % 1000)
			iuplus_judge_released(j, i, m.time_ns + SECOND / 2);
		if (iuplus_judge_totals(j).held > most)
			most = iuplus_judge_totals(j).held;
	}
	CU_ASSERT_EQUAL(iuplus_judge_totals(j).connections, 20000);
	/* 20 are open, and up to 64 were released */
	CU_ASSERT(iuplus_judge_totals(j).held >= 20);
	CU_ASSERT(most <= 20 + 64 + 1);
	iuplus_judge_end(j);
	iuplus_judge_free(j);
	iuplus_arena_reset(&arena, false);
}

IUPLUS_CUNIT_MAIN("judge", { "each dialogue keeps or breaks its rule", test_dialogues },
		  { "each rule has both dialogues", test_every_rule },
		  { "nothing is broken from the middle", test_from_the_middle },
		  { "every obligation has a rule or a reason", test_obligations }, { "hostile octets", test_hostile },
		  { "what is released is forgotten", test_released_is_forgotten })
