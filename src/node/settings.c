/* SPDX-License-Identifier: BSD-2-Clause */
/* settings.c: the keys and sections of the configuration files, as tables (see settings.h, conf.h). */
#include "src/node/settings.h"

#include <string.h>

#include <osmocom/core/gsmtap.h>

#include <iuplus/rrc.h>

#include "src/net/sctp.h"
#include "src/node/log.h"

/* The words of a setting are those of the list that makes the enum. */
#define WORD_OF(id, word, ...) word,
const char *const node_sctp_words[] = { IUPLUS_SCTP_BACKENDS(WORD_OF) NULL };
const char *const node_traffic_mode_words[] = {
	"any", [IUPLUS_M3UA_TMT_OVERRIDE] = "override", [IUPLUS_M3UA_TMT_LOADSHARE] = "loadshare", NULL
};
_Static_assert(sizeof(node_traffic_mode_words) / sizeof(node_traffic_mode_words[0]) - 1 == IUPLUS_M3UA_TMT_BROADCAST,
	       "every mode but broadcast, which the stack lacks, has a word");
const char *const node_sctp_role_words[] = { NODE_SCTP_ROLES(WORD_OF) NULL };
const char *const node_uia_words[] = { "uia1", "uia2", NULL };
const char *const node_uea_words[] = { "uea0", "uea1", "uea2", NULL };
const char *const node_aka_words[] = { IUPLUS_CN_AKAS(WORD_OF) NULL };
const char *const node_capability_words[] = { IUPLUS_CN_CAPABILITIES(WORD_OF) NULL };
_Static_assert(NODE_MAX_CELLS <= IUPLUS_UE_MAX_CELLS, "the machine takes every cell of the configuration");

const char node_gsmtap_right[] = "an IPv4 address, or address:port (default port 4729)";

int node_gsmtap_address(const char *text, struct node_conf_addr *out)
{
	static const struct node_conf_key key = { "gsmtap", NODE_CONF_ADDR, 0, false, 0, 0, NULL };
	char whole[NODE_CONF_TEXT], right[NODE_CONF_ERROR];
	int n = strchr(text, ':') ? snprintf(whole, sizeof(whole), "%s", text) :
				    snprintf(whole, sizeof(whole), "%s:%d", text, GSMTAP_UDP_PORT);
	if (n > 0 && (size_t)n < sizeof(whole) && !node_conf_value(&key, whole, out, right))
		return 0;
	return IUPLUS_ERR_ARGUMENT;
}

#define MAX_TIMER_MS (24u * 3600 * 1000)

/* Rows of the tables below, so that each is one line. */
#define STRING(name, type, member, need) \
	{ \
		name, NODE_CONF_STRING, offsetof(type, member), need, 0, 0, NULL \
	}
#define NAME(name, type, member, need) \
	{ \
		name, NODE_CONF_NAME, offsetof(type, member), need, 0, 0, NULL \
	}
#define DIGITS(name, type, member, need, low, high) \
	{ \
		name, NODE_CONF_DIGITS, offsetof(type, member), need, low, high, NULL \
	}
#define UINT(name, type, member, need, low, high) \
	{ \
		name, NODE_CONF_UINT, offsetof(type, member), need, low, high, NULL \
	}
#define UINT64(name, type, member, need, high) \
	{ \
		name, NODE_CONF_UINT64, offsetof(type, member), need, 0, high, NULL \
	}
#define WORD(name, type, member, list) \
	{ \
		name, NODE_CONF_WORD, offsetof(type, member), false, 0, 0, list \
	}
#define WORDS(name, type, member, first, list) \
	{ \
		name, NODE_CONF_WORDS, offsetof(type, member), false, first, 0, list \
	}
#define BOOL(name, type, member) \
	{ \
		name, NODE_CONF_BOOL, offsetof(type, member), false, 0, 0, NULL \
	}
#define HEX(name, type, member, need, size) \
	{ \
		name, NODE_CONF_HEX, offsetof(type, member), need, 0, size, NULL \
	}
#define SECRET(name, type, member, need, size) \
	{ \
		name, NODE_CONF_SECRET, offsetof(type, member), need, 0, size, NULL \
	}
#define ADDR(name, type, member, need) \
	{ \
		name, NODE_CONF_ADDR, offsetof(type, member), need, 0, 0, NULL \
	}
#define TIMER(name, index) \
	{ \
		name, NODE_CONF_UINT, (index) * sizeof(uint32_t), false, 0, MAX_TIMER_MS, NULL \
	}
#define END \
	{ \
		NULL, NODE_CONF_STRING, 0, false, 0, 0, NULL \
	}
/* A section without a label. */
#define PLAIN(name, keys, type, member, need) \
	{ \
		name, keys, offsetof(type, member), need, NULL, 0, 0, 0 \
	}

static const struct node_conf_key algorithm_keys[] = {
	WORDS("uia", struct node_algorithm_settings, uia, NODE_UIA_FIRST, node_uia_words),
	WORDS("uea", struct node_algorithm_settings, uea, 0, node_uea_words), END
};
/* By the numbers of enum iuplus_proc_step. */
static const char *const step_words[] = { "never", IUPLUS_PROC_STEPS(WORD_OF) NULL };

static const struct node_conf_key test_keys[] = {
	WORD("die-at-step", struct node_test_settings, die_at_step, step_words),
	WORD("tamper-at-step", struct node_test_settings, tamper_at_step, step_words), END
};
static const struct node_conf_key network_keys[] = {
	DIGITS("mcc", struct node_network_settings, mcc, true, 3, 3),
	DIGITS("mnc", struct node_network_settings, mnc, true, 2, 3),
	UINT("lac", struct node_network_settings, lac, false, 0, 65535),
	UINT("rac", struct node_network_settings, rac, false, 0, 255),
	UINT("sac", struct node_network_settings, sac, false, 0, 65535),
	END
};
static const struct node_conf_key home_network_keys[] = {
	DIGITS("mcc", struct node_network_settings, mcc, true, 3, 3),
	DIGITS("mnc", struct node_network_settings, mnc, true, 2, 3), END
};

/* ---- Iu ---- */

/* The rows of section [iu] that both kinds of node have. */
#define IU_KEYS(type) \
	WORD("sctp", type, iu.sctp, node_sctp_words), \
		UINT("heartbeat", type, iu.timing.heartbeat_ms, false, 0, MAX_TIMER_MS), \
		UINT("rto-max", type, iu.timing.rto_max_ms, false, 0, MAX_TIMER_MS), \
		UINT("point-code", type, iu.point_code, true, 1, 16383), \
		UINT("network-indicator", type, iu.network_indicator, false, 0, 3), \
		UINT("routing-context", type, iu.routing_context, false, 0, UINT32_MAX), \
		BOOL("registration", type, iu.registration), \
		WORD("traffic-mode", type, iu.traffic_mode, node_traffic_mode_words), \
		UINT("asp-id", type, iu.asp_id, false, 0, UINT32_MAX), \
		UINT("network-appearance", type, iu.network_appearance, false, 0, UINT32_MAX)

#define IU_TIMER(name, member) UINT(name, struct node_iu_settings, member, false, 0, MAX_TIMER_MS)
static const struct node_conf_key iu_timer_keys[] = {
	IU_TIMER("tack", m3ua.t_ack),
	IU_TIMER("tbeat", m3ua.t_beat),
	IU_TIMER("tr", m3ua.t_r),
	IU_TIMER("tconnest", sccp.t_conn_est),
	IU_TIMER("tias", sccp.t_ias),
	IU_TIMER("tiar", sccp.t_iar),
	IU_TIMER("trel", sccp.t_rel),
	IU_TIMER("trepeatrel", sccp.t_repeat_rel),
	IU_TIMER("tint", sccp.t_int),
	IU_TIMER("treassembly", sccp.t_reassembly),
	IU_TIMER("tstatinfo", stat_info_ms),
	END
};
static const struct node_conf_key stp_keys[] = {
	ADDR("address", struct node_stp_settings, address, true),
	WORD("sctp-role", struct node_stp_settings, role, node_sctp_role_words), END
};
static const struct node_conf_key stp_label = NAME("NAME", struct node_stp_settings, name, true);
#define IU_SECTIONS(type) \
	PLAIN("iu-timers", iu_timer_keys, type, iu, false), \
	{ \
		"stp", stp_keys, offsetof(type, stp), false, &stp_label, sizeof(struct node_stp_settings), \
			NODE_MAX_STPS, offsetof(type, stp_count) \
	}

/* ---- SGSN ---- */

static const struct node_conf_key sgsn_keys[] = {
	NAME("name", struct node_sgsn_settings, node.name, false),
	WORD("log-level", struct node_sgsn_settings, node.log_level, node_log_levels),
	STRING("subscribers", struct node_sgsn_settings, subscribers, true),
	STRING("sqn-file", struct node_sgsn_settings, sqn_file, false), END
};
static const struct node_conf_key sgsn_iu_keys[] = { IU_KEYS(struct node_sgsn_settings),
						     ADDR("listen", struct node_sgsn_settings, listen, true), END };
static const char *const policy_words[] = { IUPLUS_ENHANCED_SECURITIES(WORD_OF) NULL };
static const char *const freshness_words[] = { IUPLUS_SECURITY_FRESHNESSES(WORD_OF) NULL };
static const char *const target_keys_words[] = { IUPLUS_SECURITY_TARGETS(WORD_OF) NULL };
static const struct node_conf_key sgsn_security_keys[] = {
	BOOL("enhanced", struct node_sgsn_settings, security.enhanced),
	WORD("aka", struct node_sgsn_settings, security.aka, node_aka_words),
	WORD("enhanced-security", struct node_sgsn_settings, security.policy, policy_words),
	WORD("freshness", struct node_sgsn_settings, security.freshness, freshness_words),
	WORD("legacy-target-keys", struct node_sgsn_settings, security.legacy_target_keys, target_keys_words),
	BOOL("reallocate", struct node_sgsn_settings, security.reallocate),
	UINT("vectors", struct node_sgsn_settings, security.vectors, false, 1, IUPLUS_CN_MAX_VECTORS),
	WORDS("uia", struct node_sgsn_settings, algorithms.uia, NODE_UIA_FIRST, node_uia_words),
	WORDS("uea", struct node_sgsn_settings, algorithms.uea, 0, node_uea_words),
	END
};
#define CN_TIMER(id, ms, name, key, ...) TIMER(key, IUPLUS_CN_##id),
static const struct node_conf_key sgsn_timer_keys[] = { IUPLUS_CN_TIMERS(CN_TIMER) END };
static const struct node_conf_key sgsn_rnc_keys[] = {
	NAME("name", struct node_sgsn_rnc_settings, name, true),
	UINT("point-code", struct node_sgsn_rnc_settings, point_code, true, 1, 16383),
	WORD("capability", struct node_sgsn_rnc_settings, capability, node_capability_words),
	ADDR("address", struct node_sgsn_rnc_settings, address, false), END
};
static const struct node_conf_key sgsn_rnc_label = UINT("RNC-ID", struct node_sgsn_rnc_settings, rnc_id, true, 0, 4095);
const struct node_conf_section node_sgsn_table[] = {
	{ "", sgsn_keys, 0, true, NULL, 0, 0, 0 },
	PLAIN("network", network_keys, struct node_sgsn_settings, network, true),
	{ "iu", sgsn_iu_keys, 0, true, NULL, 0, 0, 0 },
	IU_SECTIONS(struct node_sgsn_settings),
	{ "security", sgsn_security_keys, 0, false, NULL, 0, 0, 0 },
	PLAIN("timers", sgsn_timer_keys, struct node_sgsn_settings, timer_ms, false),
	PLAIN("test", test_keys, struct node_sgsn_settings, test, false),
	{ "rnc", sgsn_rnc_keys, offsetof(struct node_sgsn_settings, rnc), true, &sgsn_rnc_label,
	  sizeof(struct node_sgsn_rnc_settings), NODE_MAX_RNCS, offsetof(struct node_sgsn_settings, rnc_count) },
	{ NULL, NULL, 0, false, NULL, 0, 0, 0 }
};

static const struct node_conf_key subscriber_keys[] = {
	SECRET("k", struct node_subscriber_settings, k, true, 16),
	SECRET("opc", struct node_subscriber_settings, opc, true, 16),
	HEX("amf", struct node_subscriber_settings, amf, false, 2),
	UINT64("sqn", struct node_subscriber_settings, sqn, false, IUPLUS_SECURITY_SQN_MAX), END
};
static const struct node_conf_key subscriber_label = DIGITS("IMSI", struct node_subscriber_settings, imsi, true, 8, 15);
const struct node_conf_section node_subscribers_table[] = {
	{ "subscriber", subscriber_keys, offsetof(struct node_subscribers_settings, list), true, &subscriber_label,
	  sizeof(struct node_subscriber_settings), NODE_MAX_SUBSCRIBERS,
	  offsetof(struct node_subscribers_settings, count) },
	{ NULL, NULL, 0, false, NULL, 0, 0, 0 }
};

/* ---- RNC ---- */

static const struct node_conf_key rnc_keys[] = {
	NAME("name", struct node_rnc_settings, node.name, false),
	WORD("log-level", struct node_rnc_settings, node.log_level, node_log_levels),
	UINT("rnc-id", struct node_rnc_settings, rnc_id, true, 0, 4095),
	BOOL("enhanced", struct node_rnc_settings, enhanced),
	WORD("enhanced-security", struct node_rnc_settings, policy, policy_words),
	END
};
static const struct node_conf_key rnc_cell_keys[] = {
	ADDR("listen", struct node_rnc_settings, cell.listen, true),
	UINT("cell-id", struct node_rnc_settings, cell.cell_id, true, 0, 65535),
	UINT("scrambling-code", struct node_rnc_settings, cell.scrambling_code, true, 0, 511), END
};
static const struct node_conf_key rnc_iu_keys[] = { IU_KEYS(struct node_rnc_settings),
						    ADDR("address", struct node_rnc_settings, address, false), END };
static const struct node_conf_key rnc_sgsn_keys[] = {
	NAME("name", struct node_rnc_settings, sgsn.name, false),
	ADDR("address", struct node_rnc_settings, sgsn.address, false),
	UINT("point-code", struct node_rnc_settings, sgsn.point_code, true, 1, 16383), END
};
#define RNC_TIMER(id, ms, name, key, ...) TIMER(key, IUPLUS_RNC_##id),
static const struct node_conf_key rnc_timer_keys[] = { IUPLUS_RNC_TIMERS(RNC_TIMER) END };
static const struct node_conf_key rnc_neighbour_keys[] = {
	NAME("name", struct node_rnc_neighbour_settings, name, false),
	UINT("cell-id", struct node_rnc_neighbour_settings, cell_id, true, 0, 65535),
	UINT("lac", struct node_rnc_neighbour_settings, lac, false, 0, 65535),
	UINT("rac", struct node_rnc_neighbour_settings, rac, false, 0, 255), END
};
static const struct node_conf_key rnc_neighbour_label =
	UINT("RNC-ID", struct node_rnc_neighbour_settings, rnc_id, true, 0, 4095);
const struct node_conf_section node_rnc_table[] = {
	{ "", rnc_keys, 0, true, NULL, 0, 0, 0 },
	PLAIN("network", network_keys, struct node_rnc_settings, network, true),
	{ "cell", rnc_cell_keys, 0, true, NULL, 0, 0, 0 },
	{ "iu", rnc_iu_keys, 0, true, NULL, 0, 0, 0 },
	IU_SECTIONS(struct node_rnc_settings),
	{ "sgsn", rnc_sgsn_keys, 0, true, NULL, 0, 0, 0 },
	PLAIN("security", algorithm_keys, struct node_rnc_settings, algorithms, false),
	PLAIN("timers", rnc_timer_keys, struct node_rnc_settings, timer_ms, false),
	PLAIN("test", test_keys, struct node_rnc_settings, test, false),
	{ "neighbour", rnc_neighbour_keys, offsetof(struct node_rnc_settings, neighbour), false, &rnc_neighbour_label,
	  sizeof(struct node_rnc_neighbour_settings), NODE_MAX_RNCS,
	  offsetof(struct node_rnc_settings, neighbour_count) },
	{ NULL, NULL, 0, false, NULL, 0, 0, 0 }
};

/* ---- UE ---- */

static const char *const node_ue_policy_words[] = { "off", IUPLUS_UE_POLICIES(WORD_OF) NULL };

static const struct node_conf_key ue_keys[] = {
	NAME("name", struct node_ue_settings, node.name, false),
	WORD("log-level", struct node_ue_settings, node.log_level, node_log_levels),
	WORD("enhanced-security", struct node_ue_settings, enhanced_security, node_ue_policy_words),
	BOOL("attach", struct node_ue_settings, attach),
	ADDR("address", struct node_ue_settings, address, false),
	DIGITS("imei", struct node_ue_settings, imei, false, 14, 15),
	DIGITS("imeisv", struct node_ue_settings, imeisv, false, 16, 16),
	END
};
static const struct node_conf_key ue_usim_keys[] = {
	/* Attach Request cannot contain a shorter one (TS 24.008 table 9.4.1) */
	DIGITS("imsi", struct node_subscriber_settings, imsi, true, 8, 15),
	SECRET("k", struct node_subscriber_settings, k, true, 16),
	SECRET("opc", struct node_subscriber_settings, opc, true, 16),
	UINT64("sqn", struct node_subscriber_settings, sqn, false, IUPLUS_SECURITY_SQN_MAX), END
};
#define UE_TIMER(key, member) \
	{ key, NODE_CONF_UINT, offsetof(struct node_ue_settings, member), false, 0, MAX_TIMER_MS, NULL },
#define UE_RRC_TIMER(id, ms, name, key, ...) UE_TIMER(key, rrc_timer_ms[IUPLUS_UE_##id])
#define UE_NAS_TIMER(id, ms, name, key, ...) UE_TIMER(key, nas_timer_ms[IUPLUS_UE_NAS_##id])
static const struct node_conf_key ue_timer_keys[] = { IUPLUS_UE_TIMERS(UE_RRC_TIMER) IUPLUS_UE_NAS_TIMERS(
	UE_NAS_TIMER) END };
static const struct node_conf_key ue_cell_keys[] = {
	NAME("rnc", struct node_ue_cell_settings, rnc, true),
	ADDR("address", struct node_ue_cell_settings, address, true), END
};
static const struct node_conf_key ue_cell_label =
	UINT("SCRAMBLING-CODE", struct node_ue_cell_settings, scrambling_code, true, 0, 511);
const struct node_conf_section node_ue_table[] = {
	{ "", ue_keys, 0, true, NULL, 0, 0, 0 },
	PLAIN("usim", ue_usim_keys, struct node_ue_settings, usim, true),
	PLAIN("network", home_network_keys, struct node_ue_settings, network, true),
	PLAIN("security", algorithm_keys, struct node_ue_settings, algorithms, false),
	{ "timers", ue_timer_keys, 0, false, NULL, 0, 0, 0 },
	PLAIN("test", test_keys, struct node_ue_settings, test, false),
	{ "cell", ue_cell_keys, offsetof(struct node_ue_settings, cell), true, &ue_cell_label,
	  sizeof(struct node_ue_cell_settings), NODE_MAX_CELLS, offsetof(struct node_ue_settings, cell_count) },
	{ NULL, NULL, 0, false, NULL, 0, 0, 0 }
};

/* ---- defaults ---- */

static void default_algorithms(struct node_algorithm_settings *settings)
{
	struct iuplus_security_algorithms algorithms;
	iuplus_security_default_algorithms(&algorithms);
	settings->uia.count = algorithms.uia_count;
	settings->uea.count = algorithms.uea_count;
	for (unsigned i = 0; i < algorithms.uia_count; i++)
		settings->uia.item[i] = algorithms.uia[i];
	for (unsigned i = 0; i < algorithms.uea_count; i++)
		settings->uea.item[i] = algorithms.uea[i];
}

static void default_iu(struct node_iu_settings *iu)
{
	iu->network_indicator = 2; /* national network */
}

void node_sgsn_defaults(struct node_sgsn_settings *settings)
{
	memset(settings, 0, sizeof(*settings));
	default_iu(&settings->iu);
	strcpy(settings->node.name, "sgsn");
	settings->node.log_level = NODE_LOG_INFO;
	settings->network.lac = settings->network.rac = 1;
	settings->security.enhanced = settings->security.reallocate = true;
	settings->security.policy = IUPLUS_ENHANCED_SECURITY_PREFER;
	settings->security.freshness = IUPLUS_SECURITY_FRESHNESS_NONCE;
	settings->security.vectors = 1;
	default_algorithms(&settings->algorithms);
}

void node_rnc_defaults(struct node_rnc_settings *settings)
{
	memset(settings, 0, sizeof(*settings));
	default_iu(&settings->iu);
	strcpy(settings->node.name, "rnc");
	strcpy(settings->sgsn.name, "sgsn");
	settings->node.log_level = NODE_LOG_INFO;
	settings->network.lac = settings->network.rac = settings->network.sac = 1;
	settings->policy = IUPLUS_ENHANCED_SECURITY_PREFER;
	default_algorithms(&settings->algorithms);
#define RNC_DEFAULT(id, ms, ...) settings->timer_ms[IUPLUS_RNC_##id] = ms;
	IUPLUS_RNC_TIMERS(RNC_DEFAULT)
}

void node_ue_defaults(struct node_ue_settings *settings)
{
	memset(settings, 0, sizeof(*settings));
	strcpy(settings->node.name, "ue");
	settings->node.log_level = NODE_LOG_INFO;
	settings->attach = true;
	default_algorithms(&settings->algorithms);
#define UE_RRC_DEFAULT(id, ms, ...) settings->rrc_timer_ms[IUPLUS_UE_##id] = ms;
#define UE_NAS_DEFAULT(id, ms, ...) settings->nas_timer_ms[IUPLUS_UE_NAS_##id] = ms;
	IUPLUS_UE_TIMERS(UE_RRC_DEFAULT)
	IUPLUS_UE_NAS_TIMERS(UE_NAS_DEFAULT)
}

/* ---- to the machines' configurations ---- */

static void algorithms(const struct node_algorithm_settings *settings, struct iuplus_security_algorithms *out)
{
	out->uia_count = settings->uia.count;
	out->uea_count = settings->uea.count;
	for (unsigned i = 0; i < settings->uia.count; i++)
		out->uia[i] = (uint8_t)settings->uia.item[i];
	for (unsigned i = 0; i < settings->uea.count; i++)
		out->uea[i] = (uint8_t)settings->uea.item[i];
}

int node_stp_check(const struct node_stp_settings *stp, unsigned count, const char **why)
{
	for (unsigned i = 0; i < count; i++) {
		if (stp[i].role == NODE_SCTP_CLIENT && stp[i].address.port == 0) {
			*why = "an [stp] address has port 0; only with sctp-role server may it come from any port";
			return IUPLUS_ERR_ARGUMENT;
		}
		for (unsigned j = 0; j < i; j++)
			if (strcmp(stp[i].address.host, stp[j].address.host) == 0 &&
			    stp[i].address.port == stp[j].address.port) {
				*why = "two [stp] sections have one address; every transfer point needs its own";
				return IUPLUS_ERR_ARGUMENT;
			}
	}
	return 0;
}

static int check_rnc_peers(const struct node_rnc_settings *settings, const char **why)
{
	bool listens = false;
	for (unsigned i = 0; i < settings->stp_count; i++)
		listens = listens || settings->stp[i].role == NODE_SCTP_SERVER;
	*why = NULL;
	if (settings->stp_count == 0 && (!settings->sgsn.address.host[0] || settings->sgsn.address.port == 0))
		*why = "[sgsn] has no address; without an [stp] the SGSN's own address and port are required";
	else if (settings->stp_count > 0 && settings->sgsn.address.host[0])
		*why = "[sgsn] has an address, and there is an [stp]; the SGSN is reached over one of them";
	else if (listens && settings->address.port == 0)
		*why = "an [stp] has sctp-role server; then address in [iu] needs a port, where this RNC listens";
	if (*why)
		return IUPLUS_ERR_ARGUMENT;
	return node_stp_check(settings->stp, settings->stp_count, why);
}

int node_rnc_config(const struct node_rnc_settings *settings, struct iuplus_rnc_config *config, const char **why)
{
	iuplus_rnc_config_init(config);
	if (iuplus_nas_plmn_from_digits(settings->network.mcc, settings->network.mnc, config->plmn)) {
		*why = "mcc takes 3 digits, mnc 2 or 3";
		return IUPLUS_ERR_ARGUMENT;
	}
	config->rnc_id = (uint16_t)settings->rnc_id;
	config->lac = (uint16_t)settings->network.lac;
	config->sac = (uint16_t)settings->network.sac;
	config->rac = (uint8_t)settings->network.rac;
	config->cell_id = (uint16_t)settings->cell.cell_id;
	config->scrambling_code = (uint16_t)settings->cell.scrambling_code;
	config->enhanced = settings->enhanced && settings->policy != IUPLUS_ENHANCED_SECURITY_OFF;
	config->policy = (enum iuplus_enhanced_security)settings->policy;
	algorithms(&settings->algorithms, &config->algorithms);
	for (unsigned i = 0; i < IUPLUS_RNC_TIMER_COUNT; i++)
		if (settings->timer_ms[i])
			config->ms[i] = settings->timer_ms[i];
	for (unsigned i = 0; i < settings->neighbour_count; i++)
		if (settings->neighbour[i].rnc_id == settings->rnc_id) {
			*why = "a [neighbour] has the RNC's own rnc-id; every RNC needs its own";
			return IUPLUS_ERR_ARGUMENT;
		}
	return check_rnc_peers(settings, why);
}

int node_ue_config(const struct node_ue_settings *settings, struct iuplus_ue_rrc_config *rrc,
		   struct iuplus_ue_nas_config *nas, const char **why)
{
	iuplus_ue_rrc_config_init(rrc);
	rrc->enhanced = settings->enhanced_security != NODE_UE_OFF;
	if (rrc->enhanced)
		rrc->policy = (enum iuplus_ue_policy)(settings->enhanced_security - NODE_UE_PREFER);
	rrc->enhanced_capability = rrc->enhanced ? IUPLUS_RRC_CAP_KEY_HIERARCHY : 0;
	algorithms(&settings->algorithms, &rrc->algorithms);
	rrc->imsi_digits = (unsigned)strlen(settings->usim.imsi);
	for (unsigned i = 0; i < rrc->imsi_digits; i++)
		rrc->imsi[i] = (uint8_t)(settings->usim.imsi[i] - '0');
	rrc->cell_count = settings->cell_count;
	for (unsigned i = 0; i < settings->cell_count; i++)
		rrc->cell[i] = (uint16_t)settings->cell[i].scrambling_code;
	for (unsigned i = 0; i < IUPLUS_UE_TIMER_COUNT; i++)
		if (settings->rrc_timer_ms[i])
			rrc->ms[i] = settings->rrc_timer_ms[i];
	memset(nas, 0, sizeof(*nas));
	memcpy(nas->imsi, settings->usim.imsi, rrc->imsi_digits);
	memcpy(nas->imei, settings->imei, strnlen(settings->imei, sizeof(nas->imei) - 1));
	memcpy(nas->imeisv, settings->imeisv, strnlen(settings->imeisv, sizeof(nas->imeisv) - 1));
	memcpy(nas->k, settings->usim.k, sizeof(nas->k));
	memcpy(nas->opc, settings->usim.opc, sizeof(nas->opc));
	nas->sqn = settings->usim.sqn;
	nas->follow_on = true;
	memcpy(nas->timer_ms, settings->nas_timer_ms, sizeof(nas->timer_ms));
	if (iuplus_nas_plmn_from_digits(settings->network.mcc, settings->network.mnc, nas->plmn)) {
		*why = "mcc takes 3 digits, mnc 2 or 3";
		return IUPLUS_ERR_ARGUMENT;
	}
	return 0;
}

int node_sgsn_config(const struct node_sgsn_settings *settings, struct iuplus_cn_config *config,
		     struct iuplus_cn_rnc *rnc, const char **why)
{
	memset(config, 0, sizeof(*config));
	if (iuplus_nas_plmn_from_digits(settings->network.mcc, settings->network.mnc, config->link.plmn)) {
		*why = "mcc takes 3 digits, mnc 2 or 3";
		return IUPLUS_ERR_ARGUMENT;
	}
	config->link.domain = IUPLUS_DOMAIN_PS;
	config->gmm.lac = (uint16_t)settings->network.lac;
	config->gmm.rac = (uint8_t)settings->network.rac;
	config->link.enhanced = settings->security.enhanced;
	config->gmm.aka = (enum iuplus_cn_aka)settings->security.aka;
	config->gmm.reallocate = settings->security.reallocate;
	config->link.policy = (enum iuplus_enhanced_security)settings->security.policy;
	config->link.freshness = (enum iuplus_security_freshness_kind)settings->security.freshness;
	config->link.legacy_target_keys = (enum iuplus_security_target_keys)settings->security.legacy_target_keys;
	config->gmm.vectors = settings->security.vectors;
	algorithms(&settings->algorithms, &config->link.algorithms);
	memcpy(config->timer_ms, settings->timer_ms, sizeof(config->timer_ms));
	config->link.rnc = rnc;
	config->link.rnc_count = settings->rnc_count;
	for (unsigned i = 0; i < settings->rnc_count; i++) {
		rnc[i] = (struct iuplus_cn_rnc){ (uint16_t)settings->rnc[i].rnc_id, settings->rnc[i].point_code,
						 (enum iuplus_cn_capability)settings->rnc[i].capability, 0 };
		for (unsigned j = 0; j < i; j++)
			if (settings->rnc[j].point_code == settings->rnc[i].point_code) {
				*why = "two [rnc] sections have one point-code; every RNC needs its own";
				return IUPLUS_ERR_ARGUMENT;
			}
	}
	int rc = node_stp_check(settings->stp, settings->stp_count, why);
	return rc ? rc : iuplus_cn_config_check(config, why);
}
