/* SPDX-License-Identifier: BSD-2-Clause */
/* test_proc_cn_relocation.c: the core's part of relocation against scripted RNCs, in virtual time: every combination of
 * capabilities, and every abnormal ending. */
#include "test/unit/cn_world.h"

#define KEYS_BIT IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY

/* The core's derivations once more, from CK and IK of the phone: K of the index, and its CK_U and IK_U; or the mapped
 * pair of these. */
struct derived {
	uint8_t k[32], ck[16], ik[16], ck_m[16], ik_m[16];
};

static struct derived derive(const struct world *w, uint32_t counter, unsigned ncc)
{
	struct iuplus_security_freshness fresh = { .kind = w->s.cfg.link.freshness };
	struct derived d;
	unsigned i;

	memcpy(fresh.nonce,
	       fresh.kind == IUPLUS_SECURITY_FRESHNESS_RAND ? w->s.cn->link.vector.rand :
	       w->s.cn->link.pending_pair.now.present ? w->s.cn->link.pending_pair.now.nonce :
							w->s.cn->link.given.nonce,
	       16);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc(w->s.ck, w->s.ik, counter, IUPLUS_DOMAIN_PS, &fresh, d.k), IUPLUS_OK);
	for (i = 0; i < ncc; i++)
		iuplus_security_k_rnc_star(w->s.ck, w->s.ik, d.k, d.k);
	if (ncc)
		iuplus_security_keys_from_k_rnc_star(d.k, NULL, d.ck, d.ik);
	else
		iuplus_security_keys_from_k_rnc(d.k, NULL, d.ck, d.ik);
	iuplus_security_mapped_keys(d.ck, d.ik, d.ck_m, d.ik_m);
	return d;
}

static bool is_index(const struct iuplus_security_key_index *index, uint32_t counter, unsigned ncc)
{
	return index->counter == counter && index->ncc == ncc;
}

/* The keys in use are these. */
static bool in_use(const struct world *w, enum iuplus_key_kind kind, uint32_t counter, unsigned ncc)
{
	const struct cn_link_ue *l = &w->s.cn->link;
	struct derived d;

	if (l->keys.kind != kind)
		return false;
	if (kind == IUPLUS_KEYS_LEGACY)
		return !memcmp(l->keys.ik, w->s.ik, 16) && !memcmp(l->keys.ck, w->s.ck, 16);
	d = derive(w, counter, ncc);
	return is_index(&l->index, counter, ncc) &&
	       !memcmp(l->keys.ik, kind == IUPLUS_KEYS_MAPPED ? d.ik_m : d.ik, 16) &&
	       !memcmp(l->keys.ck, kind == IUPLUS_KEYS_MAPPED ? d.ck_m : d.ck, 16);
}

/* One combination of FIG. 7. */
struct combination {
	bool ue, source, target, known;
	enum iuplus_cn_aka aka;
};

/* The keys of Relocation Request: the standard's elements are those of the last command (8.6.2, 8.7.2); the pair of the
 * hierarchy goes only to an RNC that is configured to know it. */
static void check_request(struct world *w, const struct combination *c)
{
	const struct iuplus_ranap_relocation_request *r;
	bool before = c->ue && c->source, given = before && c->target && c->known;
	struct derived now = derive(w, 1, 0);
	struct iuplus_ranap_msg m;

	CU_ASSERT(world_step(w, IUPLUS_STEP_REQUESTED));
	CU_ASSERT_FATAL(world_sent(w, 1, IUPLUS_RANAP_RELOCATION_REQUEST, &m));
	r = &m.u.relocation_request;
	CU_ASSERT_EQUAL(world_find(w, IUPLUS_ACT_IU_CONNECT)->peer, TARGET_PEER);
	CU_ASSERT_EQUAL(r->container.rrc_container.len, sizeof(world_rrc));
	CU_ASSERT(r->has_integrity && r->has_encryption);
	CU_ASSERT_EQUAL(memcmp(r->integrity.key, before ? now.ik_m : w->s.ik, 16), 0);
	CU_ASSERT_EQUAL(memcmp(r->encryption.key, before ? now.ck_m : w->s.ck, 16), 0);
	CU_ASSERT_EQUAL(r->integrity.count, w->s.cfg.link.algorithms.uia_count);
	CU_ASSERT_EQUAL(r->has_ue_capability, before && c->target && c->known);
	CU_ASSERT_EQUAL_FATAL(r->has_enhanced, given);
	if (!given)
		return;
	CU_ASSERT(is_index(&r->enhanced.index, 1, 2) && is_index(&r->enhanced.next_key.index, 1, 3));
	CU_ASSERT_EQUAL(memcmp(r->enhanced.keys.k_rnc, derive(w, 1, 2).k, 32), 0);
	CU_ASSERT_EQUAL(memcmp(r->enhanced.next_key.keys.k_rnc, derive(w, 1, 3).k, 32), 0);
	CU_ASSERT(r->enhanced.vector_used);
}

/* Step 911 and following, for a UE and a target that both could have enhanced keys, and do not: the legacy source knows
 * CK and IK, so that "auto" authenticates. */
static void enhance(struct world *w, const struct combination *c)
{
	const struct iuplus_ranap_security_mode_command *s;
	struct iuplus_ranap_msg m;
	struct derived now;

	CU_ASSERT(world_step(w, IUPLUS_STEP_AUTHENTICATED));
	if (c->aka != IUPLUS_CN_AKA_NEVER) {
		ASSERT_STATES(w, "AUTHENTICATION IDLE UP RELEASING");
		world_authenticate(w);
	}
	CU_ASSERT(world_step(w, IUPLUS_STEP_CORE_DERIVED) && world_step(w, IUPLUS_STEP_SECURITY_COMMANDED));
	ASSERT_STATES(w, "SECURITY IDLE UP RELEASING");
	CU_ASSERT_FATAL(world_sent(w, 1, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
	s = &m.u.security_mode_command;
	CU_ASSERT(s->has_enhanced && s->key_new && s->has_ue_capability);
	CU_ASSERT_EQUAL(s->enhanced.vector_used, c->aka == IUPLUS_CN_AKA_NEVER);
	CU_ASSERT(is_index(&s->enhanced.index, 1, 0) && is_index(&s->enhanced.next_key.index, 1, 1));
	now = derive(w, 1, 0);
	CU_ASSERT_EQUAL(memcmp(s->integrity.key, now.ik_m, 16), 0);
	CU_ASSERT_EQUAL(memcmp(s->encryption.key, now.ck_m, 16), 0);
	world_security_complete(w);
}

static void relocate(const struct combination *c)
{
	bool before = c->ue && c->source, after = c->ue && c->target, at_once = before && after;
	struct iuplus_ranap_key_in_use taken = { at_once, { 1, c->known ? 2 : 1 } };
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct world w;

	world_init(&w);
	w.s.cfg.gmm.aka = c->aka;
	w.s.rnc[1].capability = !c->known ? IUPLUS_CN_CAPABILITY_UNKNOWN :
				c->target ? IUPLUS_CN_CAPABILITY_ENHANCED :
					    IUPLUS_CN_CAPABILITY_LEGACY;
	world_attach(&w, before ? KEYS_BIT : 0);
	CU_ASSERT_EQUAL(w.s.subscriber[0].use.tainted, !before);
	world_relocate(&w, IUPLUS_CN_RELOC_ALLOCATION, 0);
	check_request(&w, c);
	world_simple(&w, IUPLUS_CN_EV_CONNECT_CONFIRM, 1);
	m = relocation_acknowledge(c->target ? KEYS_BIT : 0);
	m.u.relocation_request_acknowledge.has_key_in_use = c->target;
	m.u.relocation_request_acknowledge.key_in_use = taken;
	world_ranap(&w, 1, &m);
	CU_ASSERT(world_step(&w, IUPLUS_STEP_COMMANDED));
	CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_COMMAND, &m));
	CU_ASSERT_EQUAL(m.u.relocation_command.container.rrc_container.len, sizeof(world_rrc));
	m = ranap(IUPLUS_RANAP_RELOCATION_DETECT);
	world_ranap(&w, 1, &m);
	m = relocation_complete(after ? KEYS_BIT : 0);
	m.u.relocation_complete.has_key_in_use = c->target;
	m.u.relocation_complete.key_in_use = taken;
	world_ranap(&w, 1, &m);
	CU_ASSERT(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_RELOCATION));
	CU_ASSERT(world_step(&w, IUPLUS_STEP_SOURCE_RELEASED));
	CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_IU_RELEASE_COMMAND, &m));
	CU_ASSERT_EQUAL(m.u.iu_release_command.cause, IUPLUS_RANAP_CAUSE_SUCCESSFUL_RELOCATION);
	CU_ASSERT_EQUAL(w.s.cn->link.serving, 1);
	CU_ASSERT(in_use(&w,
			 at_once ? IUPLUS_KEYS_ENHANCED :
			 before  ? IUPLUS_KEYS_MAPPED :
				   IUPLUS_KEYS_LEGACY,
			 1, at_once ? taken.index.ncc : 0));
	CU_ASSERT_EQUAL(w.s.cn->link.next.present, at_once && c->known);
	if (after && !at_once)
		enhance(&w, c);
	else
		CU_ASSERT_FALSE(world_step(&w, IUPLUS_STEP_AUTHENTICATED) || world_step(&w, IUPLUS_STEP_CORE_DERIVED));
	if (after && !at_once)
		CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, 1, 0));
	ASSERT_STATES(&w, "REALLOCATION IDLE UP RELEASING");
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND, &n));
	m = ranap(IUPLUS_RANAP_IU_RELEASE_COMPLETE);
	world_ranap(&w, 0, &m);
	ASSERT_STATES(&w, "REALLOCATION IDLE UP NONE");
	n = nas(IUPLUS_NAS_PTMSI_REALLOCATION_COMPLETE);
	world_nas(&w, 1, &n);
	CU_ASSERT(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_SETTLED));
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	/* Later procedures no longer belong to the relocation. */
	world_simple(&w, IUPLUS_CN_EV_REALLOCATE, 0);
	world_nas(&w, 1, &n);
	CU_ASSERT(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_REALLOCATION));
	CU_ASSERT_FALSE(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_SETTLED));
	world_end(&w);
}

/* FIG. 7 over all combinations, as the core sees them, with each setting of aka. */
static void test_relocation(void)
{
	unsigned i;

	for (i = 0; i < 48; i++)
		relocate(&(struct combination){ i & 1, i & 2, i & 4, i & 8, (enum iuplus_cn_aka)(i / 16) });
}

/* A core without the extension relocates, and all nodes continue with the legacy keys. */
static void test_legacy_core(void)
{
	struct iuplus_ranap_msg m;
	struct world w;

	world_init(&w);
	w.s.cfg.link.enhanced = false;
	world_attach(&w, KEYS_BIT);
	world_relocate(&w, IUPLUS_CN_RELOC_DETECTED, KEYS_BIT);
	m = relocation_complete(KEYS_BIT);
	world_ranap(&w, 1, &m);
	ASSERT_STATES(&w, "REALLOCATION IDLE UP RELEASING");
	CU_ASSERT_FALSE(world_step(&w, IUPLUS_STEP_AUTHENTICATED));
	CU_ASSERT_EQUAL(w.s.cn->link.keys.kind, IUPLUS_KEYS_LEGACY);
	CU_ASSERT_EQUAL(memcmp(w.s.cn->link.keys.ik, w.s.ik, 16), 0);
	world_end(&w);
}

static struct iuplus_ranap_msg completes(bool enhanced, uint32_t counter, uint8_t ncc)
{
	struct iuplus_ranap_msg m = relocation_complete(KEYS_BIT);

	m.u.relocation_complete.has_key_in_use = true;
	m.u.relocation_complete.key_in_use = (struct iuplus_ranap_key_in_use){ enhanced, { counter, ncc } };
	return m;
}

static struct iuplus_ranap_msg acknowledges(bool enhanced, uint32_t counter, uint8_t ncc)
{
	struct iuplus_ranap_msg m = relocation_acknowledge(KEYS_BIT);

	m.u.relocation_request_acknowledge.has_key_in_use = true;
	m.u.relocation_request_acknowledge.key_in_use = (struct iuplus_ranap_key_in_use){ enhanced, { counter, ncc } };
	return m;
}

/* A core with two RNC+, and a phone with keys (1, 0) at the first one. */
static void enhanced_world(struct world *w)
{
	world_init(w);
	w->s.cfg.gmm.reallocate = false;
	w->s.cfg.link.freshness = IUPLUS_SECURITY_FRESHNESS_COUNTER;
	w->s.rnc[0].capability = w->s.rnc[1].capability = IUPLUS_CN_CAPABILITY_ENHANCED;
	world_attach(w, KEYS_BIT);
	CU_ASSERT(in_use(w, IUPLUS_KEYS_ENHANCED, 1, 0));
}

/* The request of a relocation from the serving RNC to the other. */
static void request(struct world *w, struct iuplus_ranap_relocation_request *r)
{
	unsigned target = w->s.cn->link.serving ^ 1;
	struct iuplus_ranap_msg m;

	world_relocate(w, IUPLUS_CN_RELOC_ALLOCATION, 0);
	CU_ASSERT_FATAL(world_sent(w, target, IUPLUS_RANAP_RELOCATION_REQUEST, &m));
	*r = m.u.relocation_request;
}

/* There and back, many times: roles swap, the index only grows, and a new counter begins before NCC ends. */
static void test_again(void)
{
	struct iuplus_security_key_index before = { 1, 0 };
	struct iuplus_ranap_relocation_request r;
	struct iuplus_ranap_msg m;
	unsigned i, target;
	struct world w;

	enhanced_world(&w);
	for (i = 0; i < 200; i++) {
		target = w.s.cn->link.serving ^ 1;
		request(&w, &r);
		CU_ASSERT_FATAL(r.has_enhanced);
		CU_ASSERT(iuplus_security_key_index_compare(&before, &r.enhanced.index) < 0);
		CU_ASSERT(iuplus_security_key_index_compare(&r.enhanced.index, &r.enhanced.next_key.index) < 0);
		CU_ASSERT_EQUAL(memcmp(r.enhanced.keys.k_rnc,
				       derive(&w, r.enhanced.index.counter, r.enhanced.index.ncc).k, 32),
				0);
		before = r.enhanced.next_key.index;
		m = acknowledges(true, r.enhanced.index.counter, r.enhanced.index.ncc);
		world_ranap(&w, target, &m);
		m = completes(true, r.enhanced.index.counter, r.enhanced.index.ncc);
		world_ranap(&w, target, &m);
		if (w.s.cn->gmm.state == IUPLUS_CN_GMM_SECURITY) { /* fewer than two NCC were left */
			CU_ASSERT(r.enhanced.next_key.index.ncc + 2 > 255);
			CU_ASSERT(world_sent(&w, target, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
			before = m.u.security_mode_command.enhanced.next_key.index;
			CU_ASSERT(is_index(&before, r.enhanced.index.counter + 1, 1));
			world_security_complete(&w);
		}
		CU_ASSERT_EQUAL(w.s.cn->link.keys.kind, IUPLUS_KEYS_ENHANCED);
		ASSERT_STATES(&w, "REGISTERED IDLE UP RELEASING");
		/* The source is still being released: rejected. */
		m = relocation_required(&w, target ? SOURCE_RNC : TARGET_RNC);
		world_ranap(&w, target, &m);
		CU_ASSERT(world_sent(&w, target, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, &m));
		world_simple(&w, IUPLUS_CN_EV_RELEASE, target ^ 1);
		ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	}
	CU_ASSERT(before.counter > 1);
	world_end(&w);
}

/* The target says what it took: the request's key, the source's next key, or what was in the container; in its
 * acknowledgement, or in Relocation Complete, which decides. Keys that nobody gave end it. */
static void test_key_in_use(void)
{
	struct iuplus_ranap_relocation_request r;
	struct iuplus_ranap_msg m;
	struct world w;
	unsigned i;

	for (i = 0; i < 6; i++) {
		enhanced_world(&w);
		request(&w, &r);
		m = i == 5 ? acknowledges(true, 1, 1) : acknowledges(true, 1, 2);
		world_ranap(&w, 1, &m);
		ASSERT_STATES(&w, "REGISTERED COMMANDED UP UP");
		m = i == 0 ? completes(true, 1, 2) :
		    i == 1 ? completes(true, 1, 1) :
		    i == 2 ? completes(false, 0, 0) :
		    i == 3 ? completes(true, 1, 3) : /* the next key is not for now */
			     relocation_complete(0); /* the acknowledgement's */
		world_ranap(&w, 1, &m);
		if (i == 3) {
			ASSERT_STATES(&w, "RELEASING IDLE RELEASING RELEASING");
		} else if (i == 2) {
			/* The mapped pair at an RNC+: enhanced keys of a new counter follow, without authentication. */
			ASSERT_STATES(&w, "SECURITY IDLE UP RELEASING");
			CU_ASSERT(in_use(&w, IUPLUS_KEYS_MAPPED, 1, 0));
			CU_ASSERT_FATAL(world_sent(&w, 1, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
			CU_ASSERT(is_index(&m.u.security_mode_command.enhanced.index, 2, 0));
			CU_ASSERT(m.u.security_mode_command.enhanced.vector_used);
		} else {
			ASSERT_STATES(&w, "REGISTERED IDLE UP RELEASING");
			CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, 1, i == 1 || i == 5 ? 1 : 2));
			CU_ASSERT_EQUAL(w.s.cn->link.next.present, i != 1 && i != 5);
		}
		world_end(&w);
	}
	/* An acknowledgement with keys that were not given: the preparation fails. */
	for (i = 0; i < 3; i++) {
		enhanced_world(&w);
		request(&w, &r);
		m = i == 0 ? acknowledges(true, 1, 0) : i == 1 ? acknowledges(true, 1, 4) : acknowledges(true, 2, 0);
		world_ranap(&w, 1, &m);
		CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, &m));
		world_end(&w);
	}
}

/* After a relocation that failed once the target had keys, the next keys are of a new counter, at once. What the target
 * was given is spent. */
static void test_failed_relocation(void)
{
	struct iuplus_ranap_relocation_request r;
	struct iuplus_ranap_msg m;
	struct world w;
	unsigned i;

	for (i = 0; i < 5; i++) {
		enhanced_world(&w);
		request(&w, &r);
		world_simple(&w, IUPLUS_CN_EV_CONNECT_CONFIRM, 1);
		m = ranap(IUPLUS_RANAP_RELOCATION_FAILURE);
		m.u.relocation_failure.cause = IUPLUS_RANAP_CAUSE_NO_RADIO_RESOURCES_IN_TARGET;
		if (i == 0) {
			world_ranap(&w, 1, &m);
		} else if (i == 1) {
			world_expire(&w, IUPLUS_CN_TRELOCALLOC);
		} else if (i == 2) {
			world_simple(&w, IUPLUS_CN_EV_LOST, 1);
		} else {
			m = acknowledges(true, 1, 2);
			world_ranap(&w, 1, &m);
			if (i == 4) { /* the UE is on its way: no command before the source has it back */
				world_simple(&w, IUPLUS_CN_EV_LOST, 1);
				ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
				CU_ASSERT(w.s.cn->link.counter_due);
			}
			m = ranap(IUPLUS_RANAP_RELOCATION_CANCEL);
			m.u.relocation_cancel.cause = IUPLUS_RANAP_CAUSE_TRELOCPREP_EXPIRY;
			world_ranap(&w, 0, &m);
		}
		CU_ASSERT_EQUAL(w.s.cn->gmm.state, IUPLUS_CN_GMM_SECURITY);
		CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
		CU_ASSERT(is_index(&m.u.security_mode_command.enhanced.index, 2, 0));
		world_security_complete(&w);
		CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, 2, 0));
		CU_ASSERT_FALSE(w.s.cn->link.counter_due);
		CU_ASSERT_EQUAL(w.s.cn->gmm.state, IUPLUS_CN_GMM_REGISTERED);
		world_end(&w);
	}
	/* The command is rejected, twice: the keys stay, and the next relocation takes yet another counter. */
	enhanced_world(&w);
	request(&w, &r);
	world_simple(&w, IUPLUS_CN_EV_LOST, 1);
	for (i = 2; i < 4; i++) {
		CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
		CU_ASSERT(is_index(&m.u.security_mode_command.enhanced.index, i, 0));
		m = ranap(IUPLUS_RANAP_SECURITY_MODE_REJECT);
		m.u.security_mode_reject.cause = IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE;
		world_ranap(&w, 0, &m);
	}
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, 1, 0) && w.s.cn->link.counter_due);
	request(&w, &r);
	CU_ASSERT(r.has_enhanced && is_index(&r.enhanced.index, 4, 0) && is_index(&r.enhanced.next_key.index, 4, 1));
	CU_ASSERT_EQUAL(memcmp(r.integrity.key, derive(&w, 1, 0).ik_m, 16), 0);
	m = acknowledges(true, 4, 0);
	world_ranap(&w, 1, &m);
	m = completes(true, 4, 0);
	world_ranap(&w, 1, &m);
	CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, 4, 0) && !w.s.cn->link.counter_due);
	world_end(&w);
}

/* To a legacy RNC and back ([0041]; claim 11): the mapped pair, then enhanced keys of a new counter without
 * authentication, because no RNC knows CK and IK. */
static void test_legacy_and_back(void)
{
	struct iuplus_ranap_relocation_request r;
	struct iuplus_ranap_msg m;
	struct world w;
	unsigned plus;

	for (plus = 0; plus < 2; plus++) {
		enhanced_world(&w);
		w.s.rnc[1].capability = IUPLUS_CN_CAPABILITY_LEGACY;
		w.s.rnc[0].capability = plus ? IUPLUS_CN_CAPABILITY_ENHANCED : IUPLUS_CN_CAPABILITY_UNKNOWN;
		request(&w, &r);
		CU_ASSERT(!r.has_enhanced && !r.has_ue_capability);
		m = relocation_acknowledge(0);
		world_ranap(&w, 1, &m);
		m = relocation_complete(0);
		world_ranap(&w, 1, &m);
		ASSERT_STATES(&w, "REGISTERED IDLE UP RELEASING");
		CU_ASSERT(in_use(&w, IUPLUS_KEYS_MAPPED, 1, 0));
		CU_ASSERT(w.s.cn->link.ue_enhanced && !w.s.subscriber[0].use.tainted); /* R11 */
		world_simple(&w, IUPLUS_CN_EV_RELEASE, 0);
		request(&w, &r);
		CU_ASSERT_EQUAL(memcmp(r.integrity.key, w.s.cn->link.keys.ik, 16), 0); /* the mapped pair goes on */
		CU_ASSERT_EQUAL(r.has_enhanced, plus);
		if (plus) {
			CU_ASSERT(is_index(&r.enhanced.index, 2, 0) && !r.enhanced.has_nonce);
			m = acknowledges(true, 2, 0);
			world_ranap(&w, 0, &m);
			m = completes(true, 2, 0);
			world_ranap(&w, 0, &m);
		} else {
			m = acknowledges(false, 0, 0);
			world_ranap(&w, 0, &m);
			m = completes(false, 0, 0);
			world_ranap(&w, 0, &m);
			ASSERT_STATES(&w, "SECURITY IDLE UP RELEASING");
			CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
			CU_ASSERT(is_index(&m.u.security_mode_command.enhanced.index, 2, 0));
			world_security_complete(&w);
		}
		ASSERT_STATES(&w, "REGISTERED IDLE UP RELEASING");
		CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, 2, 0));
		world_end(&w);
	}
}

/* legacy-target-keys ck-ik: the core writes CK and IK into the container, which taints the vector. */
static void test_ck_ik(void)
{
	struct iuplus_ranap_source_to_target c;
	struct iuplus_ranap_msg m;
	struct world w;

	enhanced_world(&w);
	w.s.cfg.link.legacy_target_keys = IUPLUS_SECURITY_TARGET_CK_IK;
	w.s.rnc[1].capability = IUPLUS_CN_CAPABILITY_LEGACY;
	m = relocation_required(&w, TARGET_RNC);
	memcpy(m.u.relocation_required.container.ik, w.s.cn->link.keys.ck, 16); /* any other keys */
	world_ranap(&w, 0, &m);
	CU_ASSERT_FATAL(world_sent(&w, 1, IUPLUS_RANAP_RELOCATION_REQUEST, &m));
	c = m.u.relocation_request.container;
	CU_ASSERT(!memcmp(c.ik, w.s.ik, 16) && !memcmp(c.ck, w.s.ck, 16));
	CU_ASSERT(c.rrc_container.len == sizeof(world_rrc) &&
		  !memcmp(c.rrc_container.data, world_rrc, sizeof(world_rrc)));
	CU_ASSERT_EQUAL(memcmp(m.u.relocation_request.integrity.key, w.s.ik, 16), 0);
	CU_ASSERT(w.s.subscriber[0].use.tainted);
	m = relocation_acknowledge(0);
	world_ranap(&w, 1, &m);
	m = relocation_complete(0);
	world_ranap(&w, 1, &m);
	CU_ASSERT(in_use(&w, IUPLUS_KEYS_LEGACY, 0, 0));
	ASSERT_STATES(&w, "REGISTERED IDLE UP RELEASING");
	world_end(&w);
}

/* enhanced-security, at the target: what looks like bidding down is reported, or refused. */
static void test_policy(void)
{
	struct iuplus_ranap_relocation_request r;
	struct iuplus_ranap_msg m;
	struct world w;
	unsigned i, policy;

	for (i = 0; i < 6; i++) {
		policy = i % 2 ? IUPLUS_ENHANCED_SECURITY_REQUIRE : IUPLUS_ENHANCED_SECURITY_PREFER;
		enhanced_world(&w);
		w.s.cfg.link.policy = (enum iuplus_enhanced_security)policy;
		request(&w, &r);
		/* An RNC+ that does not say so; one that takes the container's keys; one that is right. */
		m = i < 2 ? relocation_acknowledge(0) : i < 4 ? acknowledges(false, 0, 0) : acknowledges(true, 1, 2);
		world_ranap(&w, 1, &m);
		CU_ASSERT_EQUAL(world_find(&w, IUPLUS_ACT_FAILURE) != NULL, i < 4);
		CU_ASSERT_EQUAL(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_COMMAND, &m), i != 1 && i != 3);
		CU_ASSERT_EQUAL(world_sent(&w, 1, IUPLUS_RANAP_IU_RELEASE_COMMAND, &m), i == 1 || i == 3);
		world_end(&w);
	}
	/* The UE, under integrity protection, says less than the source said for it: somebody lied. */
	enhanced_world(&w);
	request(&w, &r);
	m = acknowledges(true, 1, 2);
	world_ranap(&w, 1, &m);
	m = completes(true, 1, 2);
	m.u.relocation_complete.ue_capability = 0x01;
	world_ranap(&w, 1, &m);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING RELEASING");
	world_end(&w);
	/* off: as a node without the hierarchy. */
	world_init(&w);
	w.s.cfg.link.policy = IUPLUS_ENHANCED_SECURITY_OFF;
	world_attach(&w, KEYS_BIT);
	CU_ASSERT_EQUAL(w.s.cn->link.keys.kind, IUPLUS_KEYS_LEGACY);
	world_end(&w);
}

/* The way to enhanced keys ([0022], [0102], [0103], claim 4), by policy and vector: the whole table, and that the
 * machine goes by it. */
static void test_ways(void)
{
	static const enum iuplus_cn_way want[IUPLUS_CN_AKA_COUNT][IUPLUS_CN_VECTOR_COUNT] = {
		[IUPLUS_CN_AKA_AUTO] = { 0, 1, 1, 0, 0 },
		[IUPLUS_CN_AKA_ALWAYS] = { 0, 0, 0, 0, 0 },
		[IUPLUS_CN_AKA_NEVER] = { 2, 1, 1, 1, 0 },
	};
	struct iuplus_ranap_msg m;
	struct world w;
	unsigned aka, state;

	for (aka = 0; aka < IUPLUS_CN_AKA_COUNT; aka++)
		for (state = 0; state < IUPLUS_CN_VECTOR_COUNT; state++) {
			struct iuplus_cn_subscriber *s = &w.s.subscriber[0];

			CU_ASSERT_EQUAL(iuplus_cn_way((enum iuplus_cn_aka)aka, (enum iuplus_cn_vector_state)state),
					want[aka][state]);
			world_init(&w);
			w.s.cfg.gmm.aka = (enum iuplus_cn_aka)aka;
			world_attach(&w, 0);
			s->has_current = state != IUPLUS_CN_VECTOR_NONE;
			s->use.used = state > IUPLUS_CN_VECTOR_UNUSED;
			s->use.tainted = state == IUPLUS_CN_VECTOR_TAINTED;
			s->use.given = state == IUPLUS_CN_VECTOR_SPENT;
			s->use.highest.counter = UINT32_MAX;
			if (state != IUPLUS_CN_VECTOR_SPENT)
				s->use.highest.counter = 0;
			if (state)
				CU_ASSERT_EQUAL(iuplus_cn_vector_state(&s->use, w.s.cfg.link.freshness), state);
			world_relocate(&w, IUPLUS_CN_RELOC_DETECTED, KEYS_BIT);
			m = relocation_complete(KEYS_BIT);
			world_ranap(&w, 1, &m);
			ASSERT_STATES(&w, want[aka][state] == IUPLUS_CN_WAY_AUTHENTICATE ?
						  "AUTHENTICATION IDLE UP RELEASING" :
					  want[aka][state] == IUPLUS_CN_WAY_COMMAND ? "SECURITY IDLE UP RELEASING" :
										      "REALLOCATION IDLE UP RELEASING");
			world_end(&w);
		}
	CU_ASSERT_EQUAL(iuplus_cn_way((enum iuplus_cn_aka)99, IUPLUS_CN_VECTOR_USED), IUPLUS_CN_WAY_KEEP);
	CU_ASSERT_STRING_EQUAL(iuplus_cn_vector_name(IUPLUS_CN_VECTOR_TAINTED), "tainted");
	CU_ASSERT_STRING_EQUAL(iuplus_cn_vector_name(IUPLUS_CN_VECTOR_COUNT), "?");
}

static void service(struct world *w)
{
	struct iuplus_nas_msg n = nas(IUPLUS_NAS_SERVICE_REQUEST);

	world_simple(w, IUPLUS_CN_EV_LOST, 0);
	iuplus_cn_ue_free(w->s.cn);
	w->s.freed = false;
	w->s.cn = iuplus_cn_ue_new(&w->s.cfg, &w->subscribers, 3, w);
	n.u.service_request.cksn = w->s.subscriber[0].cksn;
	n.u.service_request.ptmsi =
		(struct iuplus_nas_identity){ IUPLUS_NAS_IDENTITY_TMSI, "", w->s.subscriber[0].ptmsi };
	world_initial(w, &n, 0);
}

/* A phone comes back through an RNC+ with its vector: the index goes on; what it has shown once under protection it has
 * still, also when Initial UE Message lacks it; a vector that gives no keys of the hierarchy is replaced. */
static void test_return(void)
{
	static const struct {
		enum iuplus_cn_aka aka;
		bool tainted, spent;
		const char *states;
	} t[] = {
		{ IUPLUS_CN_AKA_AUTO, true, false, "AUTHENTICATION IDLE UP NONE" },
		{ IUPLUS_CN_AKA_ALWAYS, true, false, "AUTHENTICATION IDLE UP NONE" },
		{ IUPLUS_CN_AKA_NEVER, true, false, "SECURITY IDLE UP NONE" },
		{ IUPLUS_CN_AKA_NEVER, false, true, "AUTHENTICATION IDLE UP NONE" },
	};
	struct iuplus_ranap_msg m;
	struct world w;
	unsigned i;

	enhanced_world(&w);
	service(&w);
	CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
	CU_ASSERT(is_index(&m.u.security_mode_command.enhanced.index, 2, 0) &&
		  m.u.security_mode_command.ue_capability == KEYS_BIT);
	CU_ASSERT(world_find(&w, IUPLUS_ACT_FAILURE) != NULL); /* somebody may have taken it out */
	CU_ASSERT(m.u.security_mode_command.key_new && m.u.security_mode_command.enhanced.vector_used);
	world_security_complete(&w);
	CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, 2, 0));
	world_end(&w);
	for (i = 0; i < 4; i++) {
		enhanced_world(&w);
		w.s.cfg.gmm.aka = t[i].aka;
		w.s.subscriber[0].use.tainted = t[i].tainted;
		w.s.subscriber[0].use.highest.counter = t[i].spent ? UINT32_MAX : 1;
		service(&w);
		ASSERT_STATES(&w, t[i].states);
		if (w.s.cn->gmm.state == IUPLUS_CN_GMM_SECURITY) {
			CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
			CU_ASSERT(m.u.security_mode_command.has_enhanced);
		}
		world_end(&w);
	}
}

/* What goes into K_RNC: each setting of freshness, and how many K_RNC a vector gives. */
static void test_freshness(void)
{
	const struct iuplus_ranap_enhanced_security *e;
	struct iuplus_ranap_msg m;
	struct world w;
	unsigned i, k;

	for (i = 0; i < 4; i++) {
		world_init(&w);
		w.s.cfg.link.freshness = (enum iuplus_security_freshness_kind)i;
		world_attach(&w, KEYS_BIT);
		CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, i != IUPLUS_SECURITY_FRESHNESS_NONE, 0));
		CU_ASSERT_EQUAL(iuplus_cn_vector_state(&w.s.subscriber[0].use, w.s.cfg.link.freshness),
				i == IUPLUS_SECURITY_FRESHNESS_NONE || i == IUPLUS_SECURITY_FRESHNESS_RAND ?
					IUPLUS_CN_VECTOR_SPENT :
					IUPLUS_CN_VECTOR_USED);
		/* Each authentication brings a vector, whose counter begins again. */
		for (k = 0; k < 2; k++) {
			world_simple(&w, IUPLUS_CN_EV_AUTHENTICATE, 0);
			world_authenticate(&w);
			CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
			e = &m.u.security_mode_command.enhanced;
			CU_ASSERT(is_index(&e->index, i != IUPLUS_SECURITY_FRESHNESS_NONE, 0));
			CU_ASSERT(e->freshness == i && e->has_nonce == (i == IUPLUS_SECURITY_FRESHNESS_NONCE));
			CU_ASSERT(m.u.security_mode_command.key_new && !e->vector_used);
			world_security_complete(&w);
			CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, i != IUPLUS_SECURITY_FRESHNESS_NONE, 0));
		}
		world_end(&w);
	}
}

static struct iuplus_octets relayed(struct world *w, const struct iuplus_ranap_msg *m)
{
	struct iuplus_octets pdu;

	iuplus_arena_reset(&w->arena, true);
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(m, IUPLUS_RANAP_RELAY, &w->arena, &pdu), IUPLUS_OK);
	return pdu;
}

/* The container of the Relocation Command that was sent on conn; of Relocation Request, into which a decoder would
 * look, the whole. */
static struct iuplus_octets sent_container(struct world *w, unsigned conn, unsigned kind)
{
	struct iuplus_octets none = { NULL, 0 };
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg m;
	unsigned i;

	for (i = 0; i < w->out.count; i++) {
		const struct iuplus_proc_action *a = &w->out.list[i];

		if (!a->pdu.len || a->conn != conn || strcmp(a->message, iuplus_ranap_kind_name(kind)) != 0)
			continue;
		if (kind == IUPLUS_RANAP_RELOCATION_REQUEST)
			return a->pdu;
		if (iuplus_ranap_decode(a->pdu, IUPLUS_RANAP_RELAY, &w->arena, &m, &problem) == IUPLUS_OK)
			return m.u.relocation_command.container.encoded;
	}
	return none;
}

static bool contains(struct iuplus_octets in, struct iuplus_octets what)
{
	size_t at;

	for (at = 0; what.len && at + what.len <= in.len; at++)
		if (!memcmp(in.data + at, what.data, what.len))
			return true;
	return false;
}

/* 9.2.1.28, 9.2.1.30: to the core the containers are octets, also those that it could not decode. */
static void test_transparent(void)
{
	static uint8_t long_one[300];
	static const uint8_t ff[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, zero[] = { 0x00, 0x00, 0x00, 0x00 };
	const struct iuplus_octets containers[] = { { ff, sizeof(ff) },
						    { zero, sizeof(zero) },
						    { long_one, sizeof(long_one) } };
	struct iuplus_ranap_msg m;
	struct world w;
	unsigned i;

	memset(long_one, 0xa5, sizeof(long_one));
	for (i = 0; i < 3; i++) {
		world_init(&w);
		world_attach(&w, 0);
		m = relocation_required(&w, TARGET_RNC);
		m.u.relocation_required.container.encoded = containers[i];
		world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_DATA, .pdu = relayed(&w, &m) });
		ASSERT_STATES(&w, "REGISTERED ALLOCATION UP CONNECTING");
		CU_ASSERT(contains(sent_container(&w, 1, IUPLUS_RANAP_RELOCATION_REQUEST), containers[i]));
		world_simple(&w, IUPLUS_CN_EV_CONNECT_CONFIRM, 1);
		m = relocation_acknowledge(KEYS_BIT);
		m.u.relocation_request_acknowledge.container.encoded = containers[i];
		world_event(&w,
			    (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_DATA, .conn = 1, .pdu = relayed(&w, &m) });
		ASSERT_STATES(&w, "REGISTERED COMMANDED UP UP");
		CU_ASSERT(contains(sent_container(&w, 0, IUPLUS_RANAP_RELOCATION_COMMAND), containers[i]));
		CU_ASSERT_EQUAL(sent_container(&w, 0, IUPLUS_RANAP_RELOCATION_COMMAND).len, containers[i].len);
		CU_ASSERT(w.s.cn->link.iu[1].rnc_enhanced);
		world_end(&w);
	}
}

/* 10.3.4.2: what was ignored in Relocation Required is reported in the answer, which comes later, and only there. */
static void test_reported_later(void)
{
	static const uint8_t notify[] = { 0xea, 0x60, 0x80, 0x02, 0xbe, 0xef };
	const struct iuplus_ranap_ie_diagnostics *ie;
	struct iuplus_octets pdu;
	struct iuplus_ranap_msg m;
	uint8_t octets[256];
	struct world w;
	unsigned i;

	for (i = 0; i < 3; i++) {
		world_init(&w);
		world_attach(&w, 0);
		m = relocation_required(&w, TARGET_RNC);
		pdu = world_encode(&w, &m);
		CU_ASSERT_FATAL(pdu.len + sizeof(notify) < 130 && pdu.data[3] < 122);
		memcpy(octets, pdu.data, pdu.len); /* one more IE at the end of the list */
		memcpy(octets + pdu.len, notify, sizeof(notify));
		octets[3] = (uint8_t)(octets[3] + sizeof(notify));
		octets[6]++;
		pdu = (struct iuplus_octets){ octets, pdu.len + sizeof(notify) };
		world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_DATA, .pdu = pdu });
		ASSERT_STATES(&w, "REGISTERED ALLOCATION UP CONNECTING");
		CU_ASSERT_PTR_NULL(world_find(&w, IUPLUS_ACT_IU_SEND));
		if (i == 2) {
			world_expire(&w, IUPLUS_CN_TRELOCALLOC);
			CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, &m));
			CU_ASSERT_EQUAL_FATAL(m.u.relocation_preparation_failure.diagnostics.ie_count, 1);
			ie = m.u.relocation_preparation_failure.diagnostics.ies;
		} else {
			m = relocation_acknowledge(0);
			world_ranap(&w, 1, &m);
			CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_COMMAND, &m));
			CU_ASSERT_EQUAL_FATAL(m.u.relocation_command.diagnostics.ie_count, 1);
			ie = m.u.relocation_command.diagnostics.ies;
		}
		CU_ASSERT(ie->ie_id == 60000 && ie->criticality == IUPLUS_RANAP_NOTIFY && !ie->missing);
		CU_ASSERT(ie->has_repetition && ie->repetition == 1);
		CU_ASSERT_FALSE(w.s.cn->link.has_report);
		world_end(&w);
	}
}

/* 8.16.2: Common ID on every Iu connection of a UE that is known, once: on the target's when the UE has come, and
 * before the release of one that is not protected. */
static void test_common_id(void)
{
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct world w;

	world_init(&w);
	w.s.cfg.gmm.reallocate = false;
	world_attach(&w, 0);
	world_simple(&w, IUPLUS_CN_EV_AUTHENTICATE, 0);
	world_authenticate(&w);
	CU_ASSERT_FALSE(world_sent(&w, 0, IUPLUS_RANAP_COMMON_ID, &m));
	world_security_complete(&w);
	world_relocate(&w, IUPLUS_CN_RELOC_DETECTED, 0);
	m = relocation_complete(0);
	world_ranap(&w, 1, &m);
	CU_ASSERT_FATAL(world_sent(&w, 1, IUPLUS_RANAP_COMMON_ID, &m));
	CU_ASSERT_EQUAL(m.u.common_id.imsi.len, 8);
	world_end(&w);

	world_init(&w);
	w.s.subscriber[0].has_ptmsi = true;
	w.s.subscriber[0].ptmsi = 0xc0000001;
	n = nas(IUPLUS_NAS_DETACH_REQUEST);
	n.u.detach_request.detach_type = 1;
	n.u.detach_request.has_ptmsi = true;
	n.u.detach_request.ptmsi = (struct iuplus_nas_identity){ IUPLUS_NAS_IDENTITY_TMSI, "", 0xc0000001 };
	world_initial(&w, &n, 0);
	CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_COMMON_ID, &m));
	CU_ASSERT(w.s.subscriber[0].has_ptmsi);
	world_end(&w);
	world_init(&w);
	world_initial(&w, &n, 0); /* nobody's P-TMSI */
	CU_ASSERT_FALSE(world_sent(&w, 0, IUPLUS_RANAP_COMMON_ID, &m));
	world_end(&w);
}

/* 10.3.5, 10.3.6: the core refuses Relocation Required by its conditional IEs. */
static void test_conditions(void)
{
	static const uint8_t no_container[] = {
		0x00, 0x02, 0x00, 0x26, 0x00, 0x00, 0x04, 0x00, 0x38, 0x00, 0x01, 0x40, 0x00, 0x04,
		0x40, 0x02, 0x01, 0x40, 0x00, 0x39, 0x40, 0x08, 0x40, 0x00, 0xf1, 0x10, 0x00, 0x01,
		0x00, 0x0a, 0x00, 0x3e, 0x00, 0x08, 0x00, 0x00, 0xf1, 0x10, 0x12, 0x34, 0x00, 0x02
	};
	const struct iuplus_ranap_ie_diagnostics *ie;
	struct iuplus_ranap_msg m;
	struct world w;

	world_init(&w);
	world_attach(&w, 0);
	world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_DATA,
						  .pdu = { no_container, sizeof(no_container) } });
	CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, &m));
	CU_ASSERT_EQUAL(m.u.relocation_preparation_failure.cause, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT);
	CU_ASSERT_EQUAL_FATAL(m.u.relocation_preparation_failure.diagnostics.ie_count, 1);
	ie = &m.u.relocation_preparation_failure.diagnostics.ies[0];
	CU_ASSERT(ie->ie_id == 61 && ie->missing && ie->criticality == IUPLUS_RANAP_REJECT && ie->has_repetition);
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	m = relocation_required(&w, TARGET_RNC);
	m.u.relocation_required.has_classmark3 = true;
	m.u.relocation_required.classmark3 = (struct iuplus_octets){ world_rrc, 2 };
	world_ranap(&w, 0, &m);
	CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, &m));
	CU_ASSERT_EQUAL(m.u.relocation_preparation_failure.cause, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED);
	world_end(&w);
}

/* 8.7.2, 8.29.2.1: every Iu connection has an identifier of its own, also after a relocation that failed, and another
 * context has others. */
static void test_identifiers(void)
{
	struct iuplus_ranap_msg m;
	uint32_t seen[64], id;
	struct world w;
	unsigned i, k;

	for (i = 0; i < 64; i++) {
		if (i % 32 == 0) {
			world_init(&w);
			if (i) {
				iuplus_cn_ue_free(w.s.cn);
				w.s.cn = iuplus_cn_ue_new(&w.s.cfg, &w.subscribers, 2, &w);
			}
			world_attach(&w, 0);
		}
		world_relocate(&w, IUPLUS_CN_RELOC_ALLOCATION, 0);
		CU_ASSERT_FATAL(world_sent(&w, 1, IUPLUS_RANAP_RELOCATION_REQUEST, &m));
		id = seen[i] = m.u.relocation_request.iu_sig_con_id;
		CU_ASSERT(id >> 23 == 1 && w.s.cn->link.iu[1].sig_con_id == id);
		for (k = 0; k < i; k++)
			CU_ASSERT_NOT_EQUAL(seen[k], id);
		world_simple(&w, IUPLUS_CN_EV_LOST, 1);
		if (i % 32 == 31)
			world_end(&w);
	}
}

static void failure_of(uint16_t want, struct world *w, unsigned conn)
{
	struct iuplus_ranap_msg m;

	CU_ASSERT_FATAL(world_sent(w, conn, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, &m));
	if (m.u.relocation_preparation_failure.cause != want) {
		printf("cause %u, want %u\n", m.u.relocation_preparation_failure.cause, want);
		CU_FAIL("another cause");
	}
}

static void test_preparation_failures(void)
{
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct world w;
	int i;

	/* Impossible from the start. */
	for (i = 0; i < 5; i++) {
		static const uint16_t cause[] = {
			IUPLUS_RANAP_CAUSE_UNKNOWN_TARGET_RNC, IUPLUS_RANAP_CAUSE_UNKNOWN_TARGET_RNC, 50, 32,
			32 /* relocation target not allowed, interaction with other procedure */
		};

		world_init(&w);
		world_attach(&w, 0);
		m = relocation_required(&w, i == 0 ? 99 : i == 2 ? SOURCE_RNC : TARGET_RNC);
		if (i == 1)
			m.u.relocation_required.target.lai.plmn[0] = 0x99;
		if (i == 3)
			world_simple(&w, IUPLUS_CN_EV_REALLOCATE, 0);
		if (i == 4)
			world_simple(&w, IUPLUS_CN_EV_AUTHENTICATE, 0);
		world_ranap(&w, 0, &m);
		failure_of(cause[i], &w, 0);
		CU_ASSERT_PTR_NULL(world_find(&w, IUPLUS_ACT_IU_CONNECT));
		world_end(&w);
	}

	/* The target rejects the relocation. */
	world_init(&w);
	world_attach(&w, 0);
	world_relocate(&w, IUPLUS_CN_RELOC_ALLOCATION, 0);
	m = ranap(IUPLUS_RANAP_RELOCATION_FAILURE);
	m.u.relocation_failure.cause = IUPLUS_RANAP_CAUSE_NO_RADIO_RESOURCES_IN_TARGET;
	world_ranap(&w, 1, &m);
	failure_of(IUPLUS_RANAP_CAUSE_NO_RADIO_RESOURCES_IN_TARGET, &w, 0);
	CU_ASSERT_PTR_NOT_NULL(world_find(&w, IUPLUS_ACT_IU_RELEASE));
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	world_end(&w);

	/* It refuses the connection, loses it, releases it, requests its release, or does not answer. */
	for (i = 0; i < 6; i++) {
		world_init(&w);
		world_attach(&w, 0);
		world_relocate(&w, IUPLUS_CN_RELOC_ALLOCATION, 0);
		if (i > 2)
			world_simple(&w, IUPLUS_CN_EV_CONNECT_CONFIRM, 1);
		m = ranap(IUPLUS_RANAP_IU_RELEASE_REQUEST);
		m.u.iu_release_request.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
		if (i == 0)
			world_simple(&w, IUPLUS_CN_EV_CONNECT_REFUSE, 1);
		else if (i == 3)
			world_simple(&w, IUPLUS_CN_EV_RELEASE, 1);
		else if (i == 4)
			world_ranap(&w, 1, &m);
		else if (i == 1)
			world_simple(&w, IUPLUS_CN_EV_LOST, 1);
		else
			world_expire(&w, IUPLUS_CN_TRELOCALLOC);
		failure_of(i == 2 || i == 5 ? IUPLUS_RANAP_CAUSE_TRELOCALLOC_EXPIRY :
					      IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET,
			   &w, 0);
		ASSERT_STATES(&w, i == 2 ? "REGISTERED IDLE UP ABANDONED" :
				  i < 4  ? "REGISTERED IDLE UP NONE" :
					   "REGISTERED IDLE UP RELEASING");
		if (i == 2) {
			/* 8.7.4: it comes to stand later, and is released by Iu Release. */
			CU_ASSERT_PTR_NULL(world_find(&w, IUPLUS_ACT_IU_RELEASE));
			world_simple(&w, IUPLUS_CN_EV_CONNECT_CONFIRM, 1);
			CU_ASSERT(world_sent(&w, 1, IUPLUS_RANAP_IU_RELEASE_COMMAND, &m));
			CU_ASSERT_EQUAL(m.u.iu_release_command.cause, IUPLUS_RANAP_CAUSE_TRELOCALLOC_EXPIRY);
		}
		if (i > 3 || i == 2) {
			m = ranap(IUPLUS_RANAP_IU_RELEASE_COMPLETE);
			world_ranap(&w, 1, &m);
			ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
		}
		/* The phone is still served. */
		CU_ASSERT_EQUAL(world_simple(&w, IUPLUS_CN_EV_REALLOCATE, 0), IUPLUS_OK);
		CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND, &n));
		world_end(&w);
	}
}

/* The core cancels if the target selects algorithms that were not offered, or does not say that it ciphers: it could
 * switch ciphering off. */
static void test_algorithms_not_offered(void)
{
	struct iuplus_ranap_relocation_request_acknowledge *a;
	struct iuplus_ranap_msg m;
	struct world w;
	int i;

	for (i = 0; i < 3; i++) {
		world_init(&w);
		w.s.cfg.link.algorithms.uia_count = w.s.cfg.link.algorithms.uea_count = 1;
		w.s.cfg.link.algorithms.uia[0] = w.s.cfg.link.algorithms.uea[0] = 2;
		world_attach(&w, 0);
		world_relocate(&w, IUPLUS_CN_RELOC_ALLOCATION, 0);
		world_simple(&w, IUPLUS_CN_EV_CONNECT_CONFIRM, 1);
		m = relocation_acknowledge(KEYS_BIT);
		a = &m.u.relocation_request_acknowledge;
		a->has_integrity_algorithm = true;
		a->integrity_algorithm = 1 + (i != 0);
		a->has_encryption_algorithm = i != 2;
		a->encryption_algorithm = i == 1 ? 0 : 2;
		world_ranap(&w, 1, &m);
		failure_of(i == 2 ? IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET :
				    IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED,
			   &w, 0);
		CU_ASSERT(world_sent(&w, 1, IUPLUS_RANAP_IU_RELEASE_COMMAND, &m));
		ASSERT_STATES(&w, "REGISTERED IDLE UP RELEASING");
		world_end(&w);
	}
}

/* Cancel, target lost, source lost, TRELOCcomplete, a detach: each after request, command and detection. */
static void test_abandoned(void)
{
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct world w;
	int to, i;

	for (to = IUPLUS_CN_RELOC_COMMANDED; to <= IUPLUS_CN_RELOC_DETECTED; to++) {
		world_init(&w);
		world_attach(&w, 0);
		world_relocate(&w, (enum iuplus_cn_relocation)to, 0);
		m = ranap(IUPLUS_RANAP_RELOCATION_CANCEL);
		m.u.relocation_cancel.cause = IUPLUS_RANAP_CAUSE_TRELOCPREP_EXPIRY;
		world_ranap(&w, 0, &m);
		CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE, &m));
		CU_ASSERT(world_sent(&w, 1, IUPLUS_RANAP_IU_RELEASE_COMMAND, &m));
		CU_ASSERT_EQUAL(m.u.iu_release_command.cause, IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED);
		ASSERT_STATES(&w, "REGISTERED IDLE UP RELEASING");
		/* A Relocation Complete that crossed the cancel is late. */
		m = relocation_complete(0);
		world_ranap(&w, 1, &m);
		ASSERT_STATES(&w, "REGISTERED IDLE UP RELEASING");
		world_end(&w);

		for (i = 0; i < 3; i++) {
			world_init(&w);
			world_attach(&w, 0);
			world_relocate(&w, (enum iuplus_cn_relocation)to, 0);
			m = ranap(IUPLUS_RANAP_IU_RELEASE_REQUEST);
			m.u.iu_release_request.cause = IUPLUS_RANAP_CAUSE_RADIO_CONNECTION_LOST;
			if (i == 0)
				world_simple(&w, IUPLUS_CN_EV_LOST, 1);
			else if (i == 1)
				world_ranap(&w, 1, &m);
			else
				world_expire(&w, IUPLUS_CN_TRELOCCOMPLETE);
			ASSERT_STATES(&w, i == 2 ? "RELEASING IDLE RELEASING RELEASING" :
					  i == 1 ? "REGISTERED IDLE UP RELEASING" :
						   "REGISTERED IDLE UP NONE");
			for (unsigned conn = 0; i == 2 && conn < 2; conn++) { /* 8.9.3: both */
				CU_ASSERT(world_sent(&w, conn, IUPLUS_RANAP_IU_RELEASE_COMMAND, &m));
				CU_ASSERT_EQUAL(m.u.iu_release_command.cause, IUPLUS_RANAP_CAUSE_TRELOCCOMPLETE_EXPIRY);
			}
			world_end(&w);
		}

		/* The source dies after the command: the target may have the phone. */
		world_init(&w);
		world_attach(&w, 0);
		world_relocate(&w, (enum iuplus_cn_relocation)to, 0);
		world_simple(&w, IUPLUS_CN_EV_LOST, 0);
		CU_ASSERT_EQUAL(w.s.cn->link.iu[0].state, IUPLUS_CN_IU_NONE);
		m = relocation_complete(0);
		world_ranap(&w, 1, &m);
		ASSERT_STATES(&w, "REALLOCATION IDLE UP NONE");
		world_end(&w);

		/* Both die. */
		for (i = 0; i < 2; i++) {
			world_init(&w);
			world_attach(&w, 0);
			world_relocate(&w, (enum iuplus_cn_relocation)to, 0);
			world_simple(&w, IUPLUS_CN_EV_LOST, 0);
			if (i)
				world_simple(&w, IUPLUS_CN_EV_LOST, 1);
			else
				world_expire(&w, IUPLUS_CN_TRELOCCOMPLETE);
			ASSERT_STATES(&w, i ? "FREE" : "RELEASING IDLE NONE RELEASING");
			world_end(&w);
		}

		/* The source gives up when its TRELOCoverall expires. */
		world_init(&w);
		world_attach(&w, 0);
		world_relocate(&w, (enum iuplus_cn_relocation)to, 0);
		m = ranap(IUPLUS_RANAP_IU_RELEASE_REQUEST);
		m.u.iu_release_request.cause = IUPLUS_RANAP_CAUSE_TRELOCOVERALL_EXPIRY;
		world_ranap(&w, 0, &m);
		ASSERT_STATES(&w, to == IUPLUS_CN_RELOC_DETECTED ? "REGISTERED DETECTED RELEASING UP" :
								   "RELEASING IDLE RELEASING RELEASING");
		world_end(&w);
	}

	world_init(&w);
	world_attach(&w, 0);
	world_relocate(&w, IUPLUS_CN_RELOC_ALLOCATION, 0);
	m = ranap(IUPLUS_RANAP_RELOCATION_CANCEL);
	m.u.relocation_cancel.cause = IUPLUS_RANAP_CAUSE_TRELOCPREP_EXPIRY;
	world_ranap(&w, 0, &m);
	CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE, &m));
	/* Not confirmed yet: the command follows the confirmation (8.7.4), also when data confirm it. */
	CU_ASSERT_PTR_NULL(world_find(&w, IUPLUS_ACT_IU_RELEASE));
	ASSERT_STATES(&w, "REGISTERED IDLE UP ABANDONED");
	m = relocation_acknowledge(0);
	world_ranap(&w, 1, &m);
	CU_ASSERT(world_sent(&w, 1, IUPLUS_RANAP_IU_RELEASE_COMMAND, &m));
	CU_ASSERT_EQUAL(m.u.iu_release_command.cause, IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED);
	CU_ASSERT_FALSE(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_COMMAND, &m));
	ASSERT_STATES(&w, "REGISTERED IDLE UP RELEASING");
	/* 8.5.2: whatever comes now gets no answer. */
	m = relocation_required(&w, TARGET_RNC);
	world_ranap(&w, 1, &m);
	CU_ASSERT(world_find(&w, IUPLUS_ACT_FAILURE) && !world_find(&w, IUPLUS_ACT_IU_SEND));
	world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_DATA, .conn = 1, .pdu = { world_rrc, 3 } });
	CU_ASSERT(world_find(&w, IUPLUS_ACT_FAILURE) && !world_find(&w, IUPLUS_ACT_IU_SEND));
	m = ranap(IUPLUS_RANAP_IU_RELEASE_COMPLETE);
	world_ranap(&w, 1, &m);
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	world_end(&w);

	/* The phone detaches during the relocation. */
	world_init(&w);
	world_attach(&w, 0);
	world_relocate(&w, IUPLUS_CN_RELOC_COMMANDED, 0);
	n = nas(IUPLUS_NAS_DETACH_REQUEST);
	n.u.detach_request.detach_type = 9;
	world_nas(&w, 0, &n);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING RELEASING");
	CU_ASSERT(world_wait(&w));
	CU_ASSERT(world_wait(&w));
	ASSERT_STATES(&w, "FREE");
	world_end(&w);
}

/* An answer that is not comprehended ends the procedure that it answers, but not the connection of the phone (TS 25.413
 * 10.3.4.2, 10.5). If it is truncated so far that its procedure is unknown, the timer ends the procedure. */
static void test_faulty_answers(void)
{
	struct iuplus_ranap_msg m;
	struct world_saved saved;
	struct iuplus_octets good;
	uint8_t pdu[256];
	struct world w;
	size_t len, cut;
	int i;

	for (i = 0; i < 3; i++) {
		world_init(&w);
		world_attach(&w, 0);
		if (i == 0) {
			world_relocate(&w, IUPLUS_CN_RELOC_ALLOCATION, 0);
			world_simple(&w, IUPLUS_CN_EV_CONNECT_CONFIRM, 1);
			m = relocation_acknowledge(KEYS_BIT);
		} else if (i == 1) {
			world_simple(&w, IUPLUS_CN_EV_AUTHENTICATE, 0);
			world_authenticate(&w);
			m = ranap(IUPLUS_RANAP_SECURITY_MODE_COMPLETE);
			m.u.security_mode_complete.integrity_algorithm = 2;
		} else {
			world_simple(&w, IUPLUS_CN_EV_CANCEL, 0);
			m = ranap(IUPLUS_RANAP_IU_RELEASE_COMPLETE);
		}
		good = world_encode(&w, &m);
		len = good.len;
		CU_ASSERT_FATAL(len < sizeof(pdu));
		memcpy(pdu, good.data, len);
		saved = world_save(&w);
		for (cut = 0; cut < len; cut++) {
			char states[96];

			world_load(&w, &saved);
			iuplus_arena_reset(&w.arena, true);
			world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_DATA,
								  .conn = i == 0,
								  .pdu = { pdu, cut } });
			CU_ASSERT_PTR_NOT_NULL(world_find(&w, IUPLUS_ACT_FAILURE));
			world_states(&w, states);
			if (i == 0 && cut == len - 1) {
				failure_of(IUPLUS_RANAP_CAUSE_TRANSFER_SYNTAX_ERROR, &w, 0);
				CU_ASSERT_STRING_EQUAL(states, "REGISTERED IDLE UP RELEASING");
			} else if (i == 1 && cut == len - 1) {
				CU_ASSERT_STRING_EQUAL(states, "REGISTERED IDLE UP NONE");
			} else if (i == 2 && cut == len - 1) {
				CU_ASSERT_STRING_EQUAL(states, "FREE");
			}
			while (world_wait(&w))
				;
			ASSERT_STATES(&w, "FREE");
		}
		world_load(&w, &saved);
		world_end(&w);
	}

	/* The answer may arrive with the confirmation of the connection. */
	world_init(&w);
	world_attach(&w, 0);
	world_relocate(&w, IUPLUS_CN_RELOC_ALLOCATION, 0);
	m = relocation_acknowledge(0);
	world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_CONNECT_CONFIRM,
						  .conn = 1,
						  .pdu = world_encode(&w, &m) });
	ASSERT_STATES(&w, "REGISTERED COMMANDED UP UP");
	world_end(&w);
}

/* Step 913 is rejected, and once more with another counter: the legacy keys remain in use, and the relocation does not
 * reach the enhanced keys. A core that requires them releases the UE. */
static void test_enhancement_refused(void)
{
	struct iuplus_ranap_msg m;
	struct world w;
	unsigned i, k;

	for (i = 0; i < 2; i++) {
		world_init(&w);
		w.s.cfg.link.policy = i ? IUPLUS_ENHANCED_SECURITY_REQUIRE : IUPLUS_ENHANCED_SECURITY_PREFER;
		world_attach(&w, 0);
		world_relocate(&w, IUPLUS_CN_RELOC_DETECTED, KEYS_BIT);
		m = relocation_complete(KEYS_BIT);
		world_ranap(&w, 1, &m);
		ASSERT_STATES(&w, "AUTHENTICATION IDLE UP RELEASING");
		world_authenticate(&w);
		for (k = 1; k < 3 - i; k++) {
			ASSERT_STATES(&w, "SECURITY IDLE UP RELEASING");
			CU_ASSERT_FATAL(world_sent(&w, 1, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
			CU_ASSERT(is_index(&m.u.security_mode_command.enhanced.index, k, 0));
			CU_ASSERT(w.s.running[IUPLUS_CN_TSECURITY]);
			m = ranap(IUPLUS_RANAP_SECURITY_MODE_REJECT);
			m.u.security_mode_reject.cause = IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE;
			world_ranap(&w, 1, &m);
		}
		ASSERT_STATES(&w, i ? "RELEASING IDLE RELEASING RELEASING" : "REGISTERED IDLE UP RELEASING");
		CU_ASSERT_EQUAL(w.s.cn->link.keys.kind, IUPLUS_KEYS_LEGACY);
		CU_ASSERT_FALSE(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_SETTLED));
		world_end(&w);
	}
	/* Because of a relocation: not once more. */
	enhanced_world(&w);
	world_simple(&w, IUPLUS_CN_EV_AUTHENTICATE, 0);
	world_authenticate(&w);
	m = ranap(IUPLUS_RANAP_SECURITY_MODE_REJECT);
	m.u.security_mode_reject.cause = IUPLUS_RANAP_CAUSE_RELOCATION_TRIGGERED;
	world_ranap(&w, 0, &m);
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	world_end(&w);
}

/* An authentication whose keys do not come into use: a relocation runs on the vector of the keys in use, of which the
 * core still gives the key for now and the next one; and no index of it twice. */
static void test_relocation_after_rejected_authentication(void)
{
	struct iuplus_ranap_relocation_request r;
	struct iuplus_ranap_msg m;
	struct derived want[2];
	uint8_t ck[16], ik[16];
	struct world w;
	unsigned i, n;

	enhanced_world(&w);
	memcpy(ck, w.s.ck, sizeof(ck));
	memcpy(ik, w.s.ik, sizeof(ik));
	for (n = 0; n < 2; n++) {
		world_simple(&w, IUPLUS_CN_EV_AUTHENTICATE, 0);
		world_authenticate(&w);
		for (i = 0; i < 2; i++) {
			CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
			m = ranap(IUPLUS_RANAP_SECURITY_MODE_REJECT);
			m.u.security_mode_reject.cause = IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE;
			world_ranap(&w, 0, &m);
		}
		ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	}
	memcpy(w.s.ck, ck, sizeof(ck));
	memcpy(w.s.ik, ik, sizeof(ik));
	CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, 1, 0));
	want[0] = derive(&w, 1, 2);
	want[1] = derive(&w, 1, 3);
	request(&w, &r);
	CU_ASSERT_FATAL(r.has_enhanced);
	CU_ASSERT(is_index(&r.enhanced.index, 1, 2) && is_index(&r.enhanced.next_key.index, 1, 3));
	CU_ASSERT_EQUAL(memcmp(r.enhanced.keys.k_rnc, want[0].k, 32), 0);
	CU_ASSERT_EQUAL(memcmp(r.enhanced.next_key.keys.k_rnc, want[1].k, 32), 0);
	CU_ASSERT(r.enhanced.vector_used);
	m = acknowledges(true, 1, 2);
	world_ranap(&w, 1, &m);
	m = completes(true, 1, 2);
	world_ranap(&w, 1, &m);
	CU_ASSERT(in_use(&w, IUPLUS_KEYS_ENHANCED, 1, 2));
	world_simple(&w, IUPLUS_CN_EV_RELEASE, 0);
	request(&w, &r);
	CU_ASSERT(r.has_enhanced && is_index(&r.enhanced.index, 1, 4));
	world_end(&w);
}

/* The same after the target's procedures have ended: the core answers and does nothing else. */
static void test_late_faulty_answers(void)
{
	static const unsigned kinds[] = { IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE,
					  IUPLUS_RANAP_RELOCATION_FAILURE };
	static const enum iuplus_cn_relocation states[] = { IUPLUS_CN_RELOC_COMMANDED, IUPLUS_CN_RELOC_DETECTED };
	struct iuplus_ranap_msg m;
	struct iuplus_octets pdu;
	struct world w;
	unsigned i;

	for (i = 0; i < 4; i++) {
		world_init(&w);
		world_attach(&w, 0);
		world_relocate(&w, states[i / 2], 0);
		m = relocation_acknowledge(KEYS_BIT);
		if (kinds[i % 2] == IUPLUS_RANAP_RELOCATION_FAILURE) {
			m = ranap(IUPLUS_RANAP_RELOCATION_FAILURE);
			m.u.failure.cause = IUPLUS_RANAP_CAUSE_UNSPECIFIED;
		}
		pdu = world_encode(&w, &m);
		pdu.len--;
		world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_DATA, .conn = 1, .pdu = pdu });
		CU_ASSERT_EQUAL(w.rc, IUPLUS_OK);
		CU_ASSERT_PTR_NOT_NULL(world_find(&w, IUPLUS_ACT_FAILURE));
		CU_ASSERT_EQUAL(w.s.cn->link.relocation, states[i / 2]);
		while (world_wait(&w))
			;
		ASSERT_STATES(&w, "FREE");
		world_end(&w);
	}
}

IUPLUS_CUNIT_MAIN(
	"core, relocation", { "FIG. 7 and FIG. 9", test_relocation }, { "legacy core", test_legacy_core },
	{ "there and back", test_again }, { "Key In Use", test_key_in_use },
	{ "a relocation that failed", test_failed_relocation }, { "to a legacy RNC and back", test_legacy_and_back },
	{ "legacy-target-keys ck-ik", test_ck_ik }, { "enhanced-security", test_policy },
	{ "ways to enhanced keys", test_ways }, { "freshness", test_freshness }, { "another connection", test_return },
	{ "containers are octets", test_transparent }, { "conditional IEs", test_conditions },
	{ "ignored IEs are reported later", test_reported_later }, { "Common ID", test_common_id },
	{ "Iu Signalling Connection Identifiers", test_identifiers },
	{ "preparation failures", test_preparation_failures },
	{ "algorithms not offered", test_algorithms_not_offered }, { "abandoned", test_abandoned },
	{ "faulty answers", test_faulty_answers }, { "faulty answers that come late", test_late_faulty_answers },
	{ "enhanced keys rejected", test_enhancement_refused },
	{ "a relocation after a rejected authentication", test_relocation_after_rejected_authentication })
