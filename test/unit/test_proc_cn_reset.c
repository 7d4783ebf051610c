/* SPDX-License-Identifier: BSD-2-Clause */
/* test_proc_cn_reset: Reset Resource at the core (TS 25.413 8.29). */
#include "test/unit/cn_world.h"

/* Reset Resource (TS 25.413 8.29): the answer lists the requested connections in their order; the connections named end
 * without further messages. */
static struct iuplus_proc_actions reset_resource(struct world *w, unsigned peer, enum iuplus_domain domain,
						 const struct iuplus_ranap_iu_sig_con *list, unsigned count)
{
	struct iuplus_proc_env env = { .arena = &w->arena, .random = world_random, .user = w };
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_RESET_RESOURCE), got;
	struct iuplus_ranap_problem problem;
	struct iuplus_proc_actions out = { 0 };
	struct iuplus_octets pdu;
	bool reset;

	m.u.reset_resource.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	m.u.reset_resource.domain = domain;
	m.u.reset_resource.connections.count = (uint16_t)count;
	m.u.reset_resource.connections.list = list;
	m.u.reset_resource.has_rnc = true;
	m.u.reset_resource.rnc.rnc_id = SOURCE_RNC;
	pdu = world_encode(w, &m);
	CU_ASSERT_EQUAL(iuplus_cn_connectionless(&w->s.cfg.link, &env, peer, pdu, &out, &reset), IUPLUS_OK);
	CU_ASSERT_FALSE(reset);
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
	struct iuplus_proc_env env;
	struct world w;
	bool reset;

	world_init(&w);
	env = (struct iuplus_proc_env){ .arena = &w.arena, .random = world_random, .user = &w };
	CU_ASSERT_EQUAL(iuplus_cn_connectionless(&w.s.cfg.link, &env, SOURCE_PEER, pdu, &out, &reset), IUPLUS_OK);
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
	CU_ASSERT_EQUAL(iuplus_cn_connectionless(&w.s.cfg.link, &env, SOURCE_PEER, world_encode(&w, &m), &out, &reset),
			IUPLUS_OK);
	CU_ASSERT(out.count == 1 && out.list[0].kind == IUPLUS_ACT_FAILURE && !reset);
	world_end(&w);
}

IUPLUS_CUNIT_MAIN("core, Reset Resource", { "connections named", test_reset_resource },
		  { "faulty", test_reset_resource_faulty })
