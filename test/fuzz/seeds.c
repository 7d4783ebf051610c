/* SPDX-License-Identifier: BSD-2-Clause */
/* seeds.c: messages with the extension, as first inputs: the samples of the unit tests, which the extension's IEs are in,
 * and RRC messages with the extension's level. Random values have all of it too, but rarely together. */
#include "test/fuzz/fuzz.h"
#include "test/unit/ranap_samples.h"
#include "test/unit/rnsap_samples.h"

#include <iuplus/rrc.h>

#include <string.h>

static void keep(uint8_t prefix, struct iuplus_octets pdu, struct iuplus_arena *arena, fuzz_add *add, void *user)
{
	uint8_t *octets = iuplus_arena_alloc(arena, pdu.len + 1);

	fuzz_check(octets, "no memory for a seed of %zu octets", pdu.len);
	octets[0] = prefix;
	memcpy(octets + 1, pdu.data, pdu.len);
	add(user, octets, pdu.len + 1);
}

void fuzz_seeds_ranap(fuzz_add *add, void *user)
{
	for (unsigned i = 0; i < ranap_sample_count; i++) {
		struct iuplus_arena *arena = fuzz_arena(0);
		struct iuplus_ranap_msg msg;
		struct iuplus_octets pdu;
		int rc;

		if (!ranap_samples[i].extended)
			continue;
		ranap_sample_make(&ranap_samples[i], &msg);
		rc = iuplus_ranap_encode(&msg, 0, arena, &pdu);
		fuzz_check(rc == IUPLUS_OK, "%s: %d", ranap_samples[i].name, rc);
		keep(0, pdu, arena, add, user);
		keep(1, pdu, arena, add, user); /* and as a legacy node reads it */
	}
}

void fuzz_seeds_rnsap(fuzz_add *add, void *user)
{
	for (unsigned i = 0; i < rnsap_sample_count; i++) {
		struct iuplus_arena *arena = fuzz_arena(0);
		struct iuplus_rnsap_msg msg;
		struct iuplus_octets pdu;
		int rc;

		if (!rnsap_samples[i].extended)
			continue;
		rnsap_sample_make(&rnsap_samples[i], arena, &msg);
		rc = iuplus_rnsap_encode(&msg, 0, arena, &pdu);
		fuzz_check(rc == IUPLUS_OK, "%s: %d", rnsap_samples[i].name, rc);
		keep(0, pdu, arena, add, user);
	}
}

/* The uplink messages: the branches of the others are in rrc-branches.txt. */
static void complete(enum iuplus_rrc_type type, uint8_t prefix, fuzz_add *add, void *user)
{
	struct iuplus_arena *arena = fuzz_arena(0);
	struct iuplus_octets pdu;
	struct iuplus_rrc_msg msg;
	int rc;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = type;
	if (type == IUPLUS_RRC_CONNECTION_SETUP_COMPLETE) {
		msg.u.connection_setup_complete.start.count = 1;
		msg.u.connection_setup_complete.enhanced.present = true;
		msg.u.connection_setup_complete.enhanced.bits = IUPLUS_RRC_CAP_KEY_HIERARCHY;
	} else {
		msg.u.reconfiguration_complete.enhanced.present = true;
		msg.u.reconfiguration_complete.enhanced.bits = IUPLUS_RRC_CAP_KEY_HIERARCHY;
	}
	rc = iuplus_rrc_encode(&msg, 0, arena, &pdu, NULL);
	fuzz_check(rc == IUPLUS_OK, "%s: %d", iuplus_rrc_asn1_name(type), rc);
	keep(prefix, pdu, arena, add, user);
}

void fuzz_seeds_rrc(unsigned ul_dcch, unsigned dl_dcch, fuzz_add *add, void *user)
{
	static const char *const downlink[] = { "securityModeCommand", "physicalChannelReconfiguration",
						"utranMobilityInformation" };
	const uint8_t up = (uint8_t)(ul_dcch << 1), down = (uint8_t)(dl_dcch << 1);

	complete(IUPLUS_RRC_CONNECTION_SETUP_COMPLETE, up, add, user);
	complete(IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE, up, add, user);
	complete(IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM, up, add, user);
	for (unsigned i = 0; i < 3; i++)
		fuzz_seed_file("test/vectors/rrc-branches.txt", downlink[i], &down, 1, add, user);
}

void fuzz_seeds_srns_info(unsigned to_target, fuzz_add *add, void *user)
{
	const uint8_t prefix = (uint8_t)(to_target << 1);

	fuzz_seed_file("test/vectors/rrc-branches.txt", "srncRelocation", &prefix, 1, add, user);
}
