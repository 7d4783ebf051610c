/* SPDX-License-Identifier: BSD-2-Clause */
/* test_proc_cn_reset: an RNC as a whole at the core: Reset (TS 25.413 8.26), Reset Resource (8.29), Overload (8.25),
 * Error Indication (8.27). */
#include "test/unit/cn_world.h"

/* The RNC that an event is of; the tests begin with a new one. */
static struct iuplus_cn_peer rnc;

static int peer_event(struct world *w, struct iuplus_cn_peer_event event, struct iuplus_proc_actions *out)
{
	struct iuplus_proc_env env = { .arena = &w->arena, .random = world_random, .user = w };

	return iuplus_cn_peer_event(&rnc, &w->s.cfg, &env, &event, out);
}

static int receive(struct world *w, unsigned peer, struct iuplus_octets pdu, struct iuplus_proc_actions *out)
{
	return peer_event(w, (struct iuplus_cn_peer_event){ .kind = IUPLUS_CN_PEER_UNITDATA, .peer = peer, .pdu = pdu },
			  out);
}

static const struct iuplus_proc_action *find(const struct iuplus_proc_actions *out, enum iuplus_proc_act kind)
{
	unsigned i;

	for (i = 0; i < out->count; i++)
		if (out->list[i].kind == kind)
			return &out->list[i];
	return NULL;
}

/* The message that was sent, decoded; false: none. */
static bool sent(struct world *w, const struct iuplus_proc_actions *out, struct iuplus_ranap_msg *m)
{
	const struct iuplus_proc_action *a = find(out, IUPLUS_ACT_IU_UNITDATA);
	struct iuplus_ranap_problem problem;

	if (!a)
		return false;
	CU_ASSERT_EQUAL(a->peer, SOURCE_PEER);
	return iuplus_ranap_decode(a->pdu, 0, &w->arena, m, &problem) == IUPLUS_OK;
}

static struct iuplus_proc_actions timer(struct world *w, unsigned number)
{
	struct iuplus_proc_actions out = { 0 };

	CU_ASSERT_EQUAL(peer_event(w,
				   (struct iuplus_cn_peer_event){ .kind = IUPLUS_CN_PEER_TIMER,
								  .peer = SOURCE_PEER,
								  .timer = number },
				   &out),
			IUPLUS_OK);
	return out;
}

static bool starts(const struct iuplus_proc_actions *out, enum iuplus_proc_act kind, unsigned number)
{
	unsigned i;

	for (i = 0; i < out->count; i++)
		if (out->list[i].kind == kind && out->list[i].timer == number)
			return true;
	return false;
}

static struct iuplus_proc_actions reset_by_rnc(struct world *w, enum iuplus_domain domain)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_RESET);
	struct iuplus_proc_actions out = { 0 };

	m.u.reset.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	m.u.reset.domain = domain;
	m.u.reset.has_rnc = true;
	m.u.reset.rnc.rnc_id = SOURCE_RNC;
	CU_ASSERT_EQUAL(receive(w, SOURCE_PEER, world_encode(w, &m), &out), IUPLUS_OK);
	return out;
}

/* 8.26.2.2: the connections end at once, the acknowledgement follows after TRatR. A repetition, before or after that,
 * is acknowledged and resets nothing: there may be UEs that have come since. */
static void test_reset(void)
{
	struct iuplus_proc_actions out;
	struct iuplus_ranap_msg m;
	struct world w;

	world_init(&w);
	memset(&rnc, 0, sizeof(rnc));
	out = reset_by_rnc(&w, IUPLUS_DOMAIN_PS);
	CU_ASSERT(find(&out, IUPLUS_ACT_RESET_ALL) && find(&out, IUPLUS_ACT_RESET_ALL)->peer == SOURCE_PEER);
	CU_ASSERT(starts(&out, IUPLUS_ACT_TIMER_START, IUPLUS_CN_TRATR));
	CU_ASSERT_FALSE(sent(&w, &out, &m));
	out = reset_by_rnc(&w, IUPLUS_DOMAIN_PS); /* while the guard runs */
	CU_ASSERT_PTR_NULL(find(&out, IUPLUS_ACT_RESET_ALL));
	CU_ASSERT_FALSE(starts(&out, IUPLUS_ACT_TIMER_START, IUPLUS_CN_TRATR));
	out = timer(&w, IUPLUS_CN_TRATR);
	CU_ASSERT_FATAL(sent(&w, &out, &m));
	CU_ASSERT(m.kind == IUPLUS_RANAP_RESET_ACKNOWLEDGE && m.u.reset_acknowledge.domain == IUPLUS_DOMAIN_PS);
	CU_ASSERT_FALSE(m.u.reset_acknowledge.has_diagnostics);
	out = timer(&w, IUPLUS_CN_TRATR); /* late */
	CU_ASSERT_EQUAL(out.count, 0);
	out = reset_by_rnc(&w, IUPLUS_DOMAIN_PS); /* our acknowledgement crossed it */
	CU_ASSERT_PTR_NULL(find(&out, IUPLUS_ACT_RESET_ALL));
	out = timer(&w, IUPLUS_CN_TRATR);
	CU_ASSERT(sent(&w, &out, &m) && m.kind == IUPLUS_RANAP_RESET_ACKNOWLEDGE);
	/* After TRESETAGAIN, or when the RNC was away, it is a new one. */
	timer(&w, IUPLUS_CN_TRESETAGAIN);
	out = reset_by_rnc(&w, IUPLUS_DOMAIN_PS);
	CU_ASSERT_PTR_NOT_NULL(find(&out, IUPLUS_ACT_RESET_ALL));
	timer(&w, IUPLUS_CN_TRATR);
	out.count = 0;
	peer_event(&w, (struct iuplus_cn_peer_event){ .kind = IUPLUS_CN_PEER_AVAILABLE, .peer = SOURCE_PEER }, &out);
	CU_ASSERT(starts(&out, IUPLUS_ACT_TIMER_STOP, IUPLUS_CN_TRESETAGAIN));
	out = reset_by_rnc(&w, IUPLUS_DOMAIN_PS);
	CU_ASSERT_PTR_NOT_NULL(find(&out, IUPLUS_ACT_RESET_ALL));
	/* The other domain's: this node has no connections of it, and acknowledges. Both are owed. */
	out = reset_by_rnc(&w, IUPLUS_DOMAIN_CS);
	CU_ASSERT_PTR_NULL(find(&out, IUPLUS_ACT_RESET_ALL));
	out = timer(&w, IUPLUS_CN_TRATR);
	CU_ASSERT_EQUAL(out.count, 2);
	CU_ASSERT(sent(&w, &out, &m) && m.u.reset_acknowledge.domain == IUPLUS_DOMAIN_CS);
	world_end(&w);
}

/* 10.3.4.2: the acknowledgement reports an ignored IE. IE 999, of criticality notify. */
static void test_reset_reported(void)
{
	static const uint8_t notify[] = { 0x00, 0x09, 0x00, 0x1c, 0x00, 0x00, 0x04, 0x00, 0x04, 0x40, 0x01,
					  0x40, 0x00, 0x03, 0x00, 0x01, 0x80, 0x00, 0x56, 0x40, 0x05, 0x00,
					  0xf1, 0x10, 0x00, 0x01, 0x03, 0xe7, 0x80, 0x02, 0x01, 0x02 };
	const struct iuplus_ranap_ie_diagnostics *ie;
	struct iuplus_proc_actions out = { 0 };
	struct iuplus_ranap_msg m;
	struct world w;

	world_init(&w);
	memset(&rnc, 0, sizeof(rnc));
	CU_ASSERT_EQUAL(receive(&w, SOURCE_PEER, (struct iuplus_octets){ notify, sizeof(notify) }, &out), IUPLUS_OK);
	CU_ASSERT_PTR_NOT_NULL(find(&out, IUPLUS_ACT_RESET_ALL));
	out = timer(&w, IUPLUS_CN_TRATR);
	CU_ASSERT_FATAL(sent(&w, &out, &m));
	CU_ASSERT_FATAL(m.kind == IUPLUS_RANAP_RESET_ACKNOWLEDGE && m.u.reset_acknowledge.has_diagnostics);
	CU_ASSERT_EQUAL_FATAL(m.u.reset_acknowledge.diagnostics.ie_count, 1);
	ie = m.u.reset_acknowledge.diagnostics.ies;
	CU_ASSERT(ie->ie_id == 999 && ie->criticality == IUPLUS_RANAP_NOTIFY && ie->repetition == 1 && !ie->missing);
	out = reset_by_rnc(&w, IUPLUS_DOMAIN_PS);
	out = timer(&w, IUPLUS_CN_TRATR);
	CU_ASSERT(sent(&w, &out, &m) && !m.u.reset_acknowledge.has_diagnostics);
	world_end(&w);
}

/* 8.26.2.1, 8.26.3: the core's own Reset is repeated, ends with its acknowledgement or with a Reset that crosses it; an
 * acknowledgement that comes late is no failure. */
static void test_own_reset(void)
{
	const struct iuplus_cn_peer_event order = { .kind = IUPLUS_CN_PEER_RESET, .peer = SOURCE_PEER };
	struct iuplus_ranap_msg m, ack = ranap(IUPLUS_RANAP_RESET_ACKNOWLEDGE);
	struct iuplus_proc_actions out = { 0 };
	struct world w;
	unsigned i;

	world_init(&w);
	memset(&rnc, 0, sizeof(rnc));
	ack.u.reset_acknowledge.domain = IUPLUS_DOMAIN_PS;
	CU_ASSERT_EQUAL(receive(&w, SOURCE_PEER, world_encode(&w, &ack), &out), IUPLUS_OK);
	CU_ASSERT_PTR_NOT_NULL(find(&out, IUPLUS_ACT_FAILURE)); /* nothing was reset */
	for (i = 0; i < 3; i++) {
		out.count = 0;
		CU_ASSERT_EQUAL(peer_event(&w, order, &out), IUPLUS_OK);
		CU_ASSERT(find(&out, IUPLUS_ACT_RESET_ALL) && sent(&w, &out, &m) && m.kind == IUPLUS_RANAP_RESET);
		CU_ASSERT(m.u.reset.domain == IUPLUS_DOMAIN_PS && !m.u.reset.has_rnc);
		CU_ASSERT(starts(&out, IUPLUS_ACT_TIMER_START, IUPLUS_CN_TRAFR));
		out = timer(&w, IUPLUS_CN_TRAFR);
		CU_ASSERT(sent(&w, &out, &m) && !find(&out, IUPLUS_ACT_RESET_ALL));
		if (i == 0) {
			out.count = 0;
			receive(&w, SOURCE_PEER, world_encode(&w, &ack), &out);
			CU_ASSERT_PTR_NOT_NULL(find(&out, IUPLUS_ACT_DONE));
		} else if (i == 1) {
			out = reset_by_rnc(&w, IUPLUS_DOMAIN_PS);
		} else {
			timer(&w, IUPLUS_CN_TRAFR);
			timer(&w, IUPLUS_CN_TRAFR);
			out = timer(&w, IUPLUS_CN_TRAFR);
			CU_ASSERT_PTR_NOT_NULL(find(&out, IUPLUS_ACT_FAILURE)); /* for maintenance */
		}
		CU_ASSERT(i == 2 || starts(&out, IUPLUS_ACT_TIMER_STOP, IUPLUS_CN_TRAFR));
		out = timer(&w, IUPLUS_CN_TRAFR);
		CU_ASSERT_FALSE(sent(&w, &out, &m));
		out.count = 0;
		receive(&w, SOURCE_PEER, world_encode(&w, &ack), &out);
		CU_ASSERT_PTR_NULL(find(&out, IUPLUS_ACT_FAILURE));
	}
	world_end(&w);
}

/* 8.25: every Overload that TigOC does not hide takes one step, or as many as it says; TinTC gives them back. */
static void test_overload(void)
{
	static const uint8_t plain[] = { 0x00, 0x15, 0x40, 0x03, 0x00, 0x00, 0x00 };
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_OVERLOAD);
	struct iuplus_proc_actions out = { 0 };
	struct world w;

	world_init(&w);
	memset(&rnc, 0, sizeof(rnc));
	receive(&w, SOURCE_PEER, (struct iuplus_octets){ plain, sizeof(plain) }, &out);
	CU_ASSERT_EQUAL(rnc.overload, 1);
	CU_ASSERT(starts(&out, IUPLUS_ACT_TIMER_START, IUPLUS_CN_TIGOC) &&
		  starts(&out, IUPLUS_ACT_TIMER_START, IUPLUS_CN_TINTC));
	out.count = 0;
	receive(&w, SOURCE_PEER, (struct iuplus_octets){ plain, sizeof(plain) }, &out);
	CU_ASSERT(rnc.overload == 1 && out.count == 0);
	timer(&w, IUPLUS_CN_TIGOC);
	m.u.overload.has_steps = true;
	m.u.overload.steps = 16;
	receive(&w, SOURCE_PEER, world_encode(&w, &m), &out);
	CU_ASSERT_EQUAL(rnc.overload, IUPLUS_CN_OVERLOAD_STEPS);
	/* No relocation to it. */
	world_attach(&w, 0);
	w.s.rnc[1].overload = rnc.overload;
	m = relocation_required(&w, TARGET_RNC);
	world_ranap(&w, 0, &m);
	CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, &m));
	CU_ASSERT_EQUAL(m.u.relocation_preparation_failure.cause, IUPLUS_RANAP_CAUSE_NO_RESOURCE);
	for (; rnc.overload > 1;) {
		out = timer(&w, IUPLUS_CN_TINTC);
		CU_ASSERT(starts(&out, IUPLUS_ACT_TIMER_START, IUPLUS_CN_TINTC));
	}
	out = timer(&w, IUPLUS_CN_TINTC);
	CU_ASSERT(rnc.overload == 0 && !starts(&out, IUPLUS_ACT_TIMER_START, IUPLUS_CN_TINTC));
	world_end(&w);
}

/* Error Indication is reported; what does not belong there is answered, with the domain (8.27.2). */
static void test_other_messages(void)
{
	struct iuplus_proc_actions out = { 0 };
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_ERROR_INDICATION);
	struct world w;

	world_init(&w);
	memset(&rnc, 0, sizeof(rnc));
	m.u.error_indication.has_cause = true;
	m.u.error_indication.cause = IUPLUS_RANAP_CAUSE_UNSPECIFIED;
	receive(&w, SOURCE_PEER, world_encode(&w, &m), &out);
	CU_ASSERT(out.count == 1 && out.list[0].kind == IUPLUS_ACT_FAILURE);
	m = ranap(IUPLUS_RANAP_RELOCATION_DETECT);
	out.count = 0;
	receive(&w, SOURCE_PEER, world_encode(&w, &m), &out);
	CU_ASSERT(sent(&w, &out, &m) && m.kind == IUPLUS_RANAP_ERROR_INDICATION && m.u.error_indication.has_domain);
	out.count = 0;
	receive(&w, SOURCE_PEER, (struct iuplus_octets){ world_k, 16 }, &out);
	CU_ASSERT_PTR_NOT_NULL(find(&out, IUPLUS_ACT_FAILURE));
	CU_ASSERT_EQUAL(peer_event(&w, (struct iuplus_cn_peer_event){ .kind = 99 }, &out), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(peer_event(&w,
				   (struct iuplus_cn_peer_event){ .kind = IUPLUS_CN_PEER_TIMER,
								  .timer = IUPLUS_CN_T3350 },
				   &out),
			IUPLUS_ERR_ARGUMENT);
	world_end(&w);
}

/* Reset Resource (TS 25.413 8.29): the answer lists the requested connections in their order; the connections named end
 * without further messages. */
static struct iuplus_proc_actions reset_resource(struct world *w, unsigned peer, enum iuplus_domain domain,
						 const struct iuplus_ranap_iu_sig_con *list, unsigned count)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_RESET_RESOURCE), got;
	struct iuplus_ranap_problem problem;
	struct iuplus_proc_actions out = { 0 };
	struct iuplus_octets pdu;

	m.u.reset_resource.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	m.u.reset_resource.domain = domain;
	m.u.reset_resource.connections.count = (uint16_t)count;
	m.u.reset_resource.connections.list = list;
	m.u.reset_resource.has_rnc = true;
	m.u.reset_resource.rnc.rnc_id = SOURCE_RNC;
	pdu = world_encode(w, &m);
	CU_ASSERT_EQUAL(receive(w, peer, pdu, &out), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(out.list[out.count - 1].kind, IUPLUS_ACT_IU_UNITDATA);
	CU_ASSERT_EQUAL(out.list[out.count - 1].peer, peer);
	pdu = out.list[out.count - 1].pdu;
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &w->arena, &got, &problem), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(got.kind, IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE);
	CU_ASSERT_EQUAL(got.u.reset_resource_acknowledge.domain, domain);
	CU_ASSERT_EQUAL_FATAL(got.u.reset_resource_acknowledge.connections.count, count);
	for (unsigned i = 0; i < count; i++) {
		const struct iuplus_ranap_iu_sig_con *c = &got.u.reset_resource_acknowledge.connections.list[i];

		CU_ASSERT(c->id == list[i].id && c->has_range_end == list[i].has_range_end &&
			  c->range_end == list[i].range_end);
	}
	return out;
}

/* Executes the action as an owner does; true if it named a connection of the context. */
static bool lose_named(struct world *w, const struct iuplus_proc_actions *actions)
{
	unsigned i, conn;

	for (i = 0; i < actions->count; i++)
		if (actions->list[i].kind == IUPLUS_ACT_RESET_RESOURCE) {
			CU_ASSERT_EQUAL(i + 2, actions->count); /* the answer comes after it */
			if (iuplus_cn_ue_named(w->s.cn, &actions->list[i], &conn)) {
				world_simple(w, IUPLUS_CN_EV_LOST, conn);
				CU_ASSERT_EQUAL(w->s.cn->link.iu[conn].state, IUPLUS_CN_IU_NONE);
				CU_ASSERT_FALSE(iuplus_cn_ue_named(w->s.cn, &actions->list[i], &conn));
				CU_ASSERT_PTR_NULL(world_find(w, IUPLUS_ACT_IU_SEND));
				return true;
			}
		}
	return false;
}

static void test_reset_resource(void)
{
	/* cn_world.h's RNC calls the phone's connection 1; the core's first is 0x800080 */
	static const struct iuplus_ranap_iu_sig_con others[] = { { 7, false, 0 },
								 { 2, true, 0xffffff },
								 { 0, false, 0 } };
	static const struct iuplus_ranap_iu_sig_con one[] = { { 9, false, 0 }, { 1, false, 0 } };
	static const struct iuplus_ranap_iu_sig_con range[] = { { 0, true, 5 } };
	static const struct iuplus_ranap_iu_sig_con targets[] = { { 0x80007f, true, 0x800080 } };
	static struct iuplus_ranap_iu_sig_con many[250];
	struct iuplus_proc_actions out;
	struct iuplus_ranap_msg m;
	unsigned conn = 2;
	struct world w;

	world_init(&w);
	world_attach(&w, 0);
	CU_ASSERT(w.s.cn->link.iu[0].has_sig_con_id && w.s.cn->link.iu[0].sig_con_id == 1);
	out = reset_resource(&w, SOURCE_PEER, IUPLUS_DOMAIN_PS, others, 3);
	CU_ASSERT_FALSE(lose_named(&w, &out));
	out = reset_resource(&w, TARGET_PEER, IUPLUS_DOMAIN_PS, one, 2); /* another RNC's connection 1 */
	CU_ASSERT_FALSE(lose_named(&w, &out));
	out = reset_resource(&w, SOURCE_PEER, IUPLUS_DOMAIN_CS, one, 2); /* another domain's */
	CU_ASSERT_FALSE(lose_named(&w, &out));
	CU_ASSERT_EQUAL(w.s.cn->gmm.state, IUPLUS_CN_GMM_REGISTERED);
	for (unsigned i = 0; i < 250; i++)
		many[i] = (struct iuplus_ranap_iu_sig_con){ 250 - i, false, 0 };
	out = reset_resource(&w, SOURCE_PEER, IUPLUS_DOMAIN_PS, many, 250);
	CU_ASSERT(lose_named(&w, &out));
	CU_ASSERT(w.s.freed);
	world_end(&w);

	world_init(&w);
	world_attach(&w, 0);
	out = reset_resource(&w, SOURCE_PEER, IUPLUS_DOMAIN_PS, range, 1);
	CU_ASSERT(lose_named(&w, &out));
	CU_ASSERT(w.s.freed);
	world_end(&w);

	/* The target's connection of a relocation: the source keeps serving the phone. */
	world_init(&w);
	world_attach(&w, 0);
	world_relocate(&w, IUPLUS_CN_RELOC_ALLOCATION, 0);
	out = reset_resource(&w, SOURCE_PEER, IUPLUS_DOMAIN_PS, targets, 1);
	CU_ASSERT_FALSE(lose_named(&w, &out));
	out = reset_resource(&w, TARGET_PEER, IUPLUS_DOMAIN_PS, targets, 1);
	CU_ASSERT(iuplus_cn_ue_named(w.s.cn, &out.list[out.count - 2], &conn));
	CU_ASSERT_EQUAL(conn, 1);
	world_simple(&w, IUPLUS_CN_EV_LOST, conn);
	CU_ASSERT_EQUAL(w.s.cn->link.relocation, IUPLUS_CN_RELOC_IDLE);
	CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, &m));
	CU_ASSERT_FALSE(w.s.freed);
	world_end(&w);
}

/* Without a list there is nothing to acknowledge; an unexpected acknowledgement has no effect. */
static void test_reset_resource_faulty(void)
{
	/* domain PS and cause only: the list is of criticality ignore, and absent */
	static const uint8_t bare[] = { 0x00, 0x1b, 0x00, 0x0d, 0x00, 0x00, 0x02, 0x00, 0x03,
					0x00, 0x01, 0x40, 0x00, 0x04, 0x40, 0x01, 0x40 };
	struct iuplus_proc_actions out = { 0 };
	struct iuplus_ranap_msg m, got;
	struct iuplus_ranap_problem problem;
	struct iuplus_octets pdu = { bare, sizeof(bare) };
	struct world w;

	world_init(&w);
	CU_ASSERT_EQUAL(receive(&w, SOURCE_PEER, pdu, &out), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(out.list[out.count - 1].kind, IUPLUS_ACT_IU_UNITDATA);
	pdu = out.list[out.count - 1].pdu;
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &w.arena, &got, &problem), IUPLUS_OK);
	CU_ASSERT_EQUAL(got.kind, IUPLUS_RANAP_ERROR_INDICATION);
	CU_ASSERT_EQUAL(got.u.error_indication.cause, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR);
	out.count = 0;
	m = ranap(IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE);
	m.u.reset_resource_acknowledge.domain = IUPLUS_DOMAIN_PS;
	m.u.reset_resource_acknowledge.connections.count = 1;
	m.u.reset_resource_acknowledge.connections.list = &(struct iuplus_ranap_iu_sig_con){ 1, false, 0 };
	CU_ASSERT_EQUAL(receive(&w, SOURCE_PEER, world_encode(&w, &m), &out), IUPLUS_OK);
	CU_ASSERT(out.count == 1 && out.list[0].kind == IUPLUS_ACT_FAILURE);
	world_end(&w);
}

IUPLUS_CUNIT_MAIN("core, an RNC as a whole", { "Reset", test_reset }, { "Reset with ignored IEs", test_reset_reported },
		  { "Reset by the core", test_own_reset }, { "Overload", test_overload },
		  { "other messages", test_other_messages }, { "connections named", test_reset_resource },
		  { "faulty", test_reset_resource_faulty })
