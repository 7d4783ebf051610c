/* SPDX-License-Identifier: BSD-2-Clause */
/* target_net.c: NAS, M3UA, SCCP, radio, captures: codecs with raw octets, and their machines with sequences: chunks of
 * [operation][length][octets]. */
#include <config.h>

#include "test/fuzz/fuzz.h"

#include <iuplus/nas.h>
#include "src/net/capture.h"
#include "src/net/m3ua.h"
#include "src/net/radio.h"
#include "src/net/sccp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Removes the next chunk from *data. */
static bool chunk(const uint8_t **data, size_t *len, uint8_t *what, const uint8_t **octets, size_t *n)
{
	if (*len < 2)
		return false;
	*what = (*data)[0];
	*n = (*data)[1];
	if (*n > *len - 2)
		*n = *len - 2;
	*octets = *data + 2;
	*data += 2 + *n;
	*len -= 2 + *n;
	return true;
}

static size_t put_chunk(uint8_t *buf, size_t at, uint8_t what, const uint8_t *octets, size_t n)
{
	buf[at] = what;
	buf[at + 1] = (uint8_t)n;
	memcpy(buf + at + 2, octets, n);
	return at + 2 + n;
}

/* ---- NAS ---- */

static void nas_run(const uint8_t *data, size_t len)
{
	struct iuplus_octets pdu = { data + 1, len - 1 };
	enum iuplus_nas_direction direction;
	struct iuplus_nas_msg msg, copy;
	struct iuplus_nas_report report;
	uint8_t first[2048], second[2048];
	size_t n, k;
	int rc;

	if (len == 0)
		return;
	direction = data[0] & 1 ? IUPLUS_NAS_DOWNLINK : IUPLUS_NAS_UPLINK;
	fuzz_check(iuplus_nas_pdu_name(pdu), "a name");
	rc = iuplus_nas_decode(pdu, direction, &msg, &report);
	fuzz_check(rc <= 0 && rc != IUPLUS_ERR_ARGUMENT && report.offset <= pdu.len, "%d at %zu", rc, report.offset);
	if (rc)
		return;
	rc = iuplus_nas_encode(&msg, direction, first, sizeof(first), &n);
	fuzz_check(rc == IUPLUS_OK || rc == IUPLUS_ERR_SPACE, "%s encodes with %d", iuplus_nas_type_name(msg.type), rc);
	if (rc)
		return;
	rc = iuplus_nas_decode((struct iuplus_octets){ first, n }, direction, &copy, &report);
	fuzz_check(rc == IUPLUS_OK && copy.type == msg.type && report.ignored == 0,
		   "%s: its encoding decodes with %d, %u ignored", iuplus_nas_type_name(msg.type), rc, report.ignored);
	rc = iuplus_nas_encode(&copy, direction, second, sizeof(second), &k);
	fuzz_check(rc == IUPLUS_OK && n == k && memcmp(first, second, n) == 0, "%s changes (%d)",
		   iuplus_nas_type_name(msg.type), rc);
}

static void nas_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	static const char *const pdus[] = {
		"000801024001080500f11012345678900000f1101234010303050000",
		"0108020101000000f110123401",
		"01081200160123456789abcdef0123456789abcdef280011",
		"01081200160123456789abcdef0123456789abcdef28109876543210abcdef9876543210abcdef",
		"000813062212345678210401020304",
		"00081c15300e0102030405060708090a0b0c0d0e",
		"00080309",
		"01081014",
		NULL
	};
	uint8_t buf[300], type;
	size_t i, n;

	for (i = 0; pdus[i]; i++) {
		for (n = 0; pdus[i][2 * n]; n++) {
			unsigned v;

			sscanf(pdus[i] + 2 * n, "%2x", &v);
			buf[n] = (uint8_t)v;
		}
		add(user, buf, n);
	}
	for (i = 0; i < 8 * count; i++) {
		for (type = 1; type < 0x22; type++) {
			n = 3 + fuzz_below(r, 60);
			fuzz_octets(r, buf, n);
			buf[1] = 8;
			buf[2] = type;
			add(user, buf, n);
		}
	}
}

/* ---- M3UA ---- */

static void m3ua_codec(const uint8_t *data, size_t len)
{
	struct iuplus_m3ua_message msg, copy;
	size_t n, k, room = 2 * len + 256;
	uint8_t *first, *second;
	unsigned error = 0;
	int rc = iuplus_m3ua_decode(data, len, &msg, &error);

	if (rc)
		return;
	first = malloc(room);
	second = malloc(room);
	fuzz_check(first && second, "memory");
	rc = iuplus_m3ua_encode(&msg, first, room, &n);
	if (rc == IUPLUS_OK) {
		rc = iuplus_m3ua_decode(first, n, &copy, &error);
		fuzz_check(rc == IUPLUS_OK && copy.type == msg.type, "%s: its encoding decodes with %d",
			   iuplus_m3ua_type_name(msg.type), rc);
		rc = iuplus_m3ua_encode(&copy, second, room, &k);
		fuzz_check(rc == IUPLUS_OK && n == k && memcmp(first, second, n) == 0, "%s changes (%d)",
			   iuplus_m3ua_type_name(msg.type), rc);
	}
	free(first);
	free(second);
}

static unsigned m3ua_sent;

static void m3ua_send(void *user, uint16_t stream, const uint8_t *data, size_t len)
{
	struct iuplus_m3ua_message msg;
	unsigned error;

	(void)user;
	(void)stream;
	fuzz_check(iuplus_m3ua_decode(data, len, &msg, &error) == IUPLUS_OK, "a sent message decodes");
	m3ua_sent++;
}

static void m3ua_event(void *user, const struct iuplus_m3ua_event *event)
{
	(void)user;
	fuzz_check(event->kind <= IUPLUS_M3UA_EV_DEAD, "%d", event->kind);
}

static void m3ua_run(const uint8_t *data, size_t len)
{
	const struct iuplus_m3ua_ops ops = { .send = m3ua_send, .event = m3ua_event };
	struct iuplus_m3ua_config config = { 0 };
	struct iuplus_m3ua m;
	const uint8_t *octets;
	uint64_t now = 1;
	uint8_t what;
	size_t n;

	if (len == 0)
		return;
	config.role = data[0] & 1 ? IUPLUS_M3UA_SERVER : IUPLUS_M3UA_CLIENT;
	config.notify = data[0] & 2;
	config.has_routing_context = data[0] & 4;
	config.routing_context = 1;
	config.has_network_appearance = data[0] & 8;
	config.registers = data[0] & 16;
	config.point_code = 1;
	iuplus_m3ua_init(&m, &config, &ops);
	iuplus_m3ua_up(&m, 2, now);
	data++;
	len--;
	while (chunk(&data, &len, &what, &octets, &n)) {
		switch (what % 8) {
		case 0:
			iuplus_m3ua_down(&m);
			break;
		case 1:
			iuplus_m3ua_up(&m, 1 + what / 8, now);
			break;
		case 2:
			now += 1000;
			iuplus_m3ua_tick(&m, now);
			break;
		case 3:
			iuplus_m3ua_stop(&m, now);
			break;
		case 4:
			iuplus_m3ua_send(&m, 1, 2, 0, what, octets, n);
			break;
		default:
			m3ua_codec(octets, n);
			m3ua_sent = 0;
			iuplus_m3ua_receive(&m, what / 8, octets, n, now);
			fuzz_check(m3ua_sent <= 4, "%u messages sent for one", m3ua_sent);
		}
		fuzz_check(m.state <= IUPLUS_M3UA_ACTIVE, "state %d", m.state);
	}
}

static void m3ua_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	static const unsigned types[] = {
		IUPLUS_M3UA_ERR,       IUPLUS_M3UA_NTFY,      IUPLUS_M3UA_DATA,      IUPLUS_M3UA_DUNA,
		IUPLUS_M3UA_DAVA,      IUPLUS_M3UA_DAUD,      IUPLUS_M3UA_SCON,      IUPLUS_M3UA_DUPU,
		IUPLUS_M3UA_DRST,      IUPLUS_M3UA_ASPUP,     IUPLUS_M3UA_ASPDN,     IUPLUS_M3UA_BEAT,
		IUPLUS_M3UA_ASPUP_ACK, IUPLUS_M3UA_ASPDN_ACK, IUPLUS_M3UA_BEAT_ACK,  IUPLUS_M3UA_ASPAC,
		IUPLUS_M3UA_ASPIA,     IUPLUS_M3UA_ASPAC_ACK, IUPLUS_M3UA_ASPIA_ACK, IUPLUS_M3UA_REG_REQ,
		IUPLUS_M3UA_REG_RSP
	};
	uint8_t user_data[] = "some octets of SCCP", affected[] = { 0, 0, 0, 1, 0, 0, 0, 2 }, buf[4096], pdu[256];
	size_t i, k, n, at;

	for (i = 0; i < 20 * count; i++) {
		buf[0] = (uint8_t)fuzz_next(r);
		at = 1;
		for (k = fuzz_below(r, 12); k--;) {
			struct iuplus_m3ua_message m = {
				.type = types[fuzz_below(r, sizeof(types) / sizeof(*types))],
				.has_error = true,
				.error = 7,
				.has_status = true,
				.status_type = 1,
				.status_info = 3,
				.has_asp_id = fuzz_one_in(r, 2),
				.asp_id = 3,
				.has_traffic_mode = fuzz_one_in(r, 2),
				.traffic_mode = 2,
				.has_routing_context = fuzz_one_in(r, 2),
				.routing_context = 1,
				.has_registration = fuzz_one_in(r, 2),
				.local_key_id = 1,
				.registered_context = 3,
				.has_user_cause = fuzz_one_in(r, 2),
				.affected_user = 3,
				.has_congestion = fuzz_one_in(r, 2),
				.congestion = 2,
				.has_data = true,
				.opc = 1,
				.dpc = 2,
				.si = 3,
				.user = { user_data, sizeof(user_data) },
				.heartbeat = { user_data, 8 },
				.affected = { affected, sizeof(affected) }
			};

			if (iuplus_m3ua_encode(&m, pdu, sizeof(pdu), &n) == IUPLUS_OK && n < 256)
				at = put_chunk(buf, at, (uint8_t)(5 + fuzz_below(r, 3)), pdu, n);
			if (fuzz_one_in(r, 4))
				at = put_chunk(buf, at, (uint8_t)fuzz_below(r, 5), user_data, fuzz_below(r, 16));
		}
		add(user, buf, at);
	}
}

/* ---- SCCP ---- */

static void sccp_codec(const uint8_t *data, size_t len)
{
	struct iuplus_sccp_message msg, copy;
	uint8_t first[IUPLUS_SCCP_MAX_MESSAGE], second[IUPLUS_SCCP_MAX_MESSAGE];
	size_t n, k;
	int rc = iuplus_sccp_decode(data, len, &msg);

	if (rc)
		return;
	rc = iuplus_sccp_encode(&msg, first, sizeof(first), &n);
	if (rc)
		return; /* types that are never sent, data longer than is ever sent */
	rc = iuplus_sccp_decode(first, n, &copy);
	fuzz_check(rc == IUPLUS_OK && copy.type == msg.type, "%s: its encoding decodes with %d",
		   iuplus_sccp_type_name(msg.type), rc);
	rc = iuplus_sccp_encode(&copy, second, sizeof(second), &k);
	fuzz_check(rc == IUPLUS_OK && n == k && memcmp(first, second, n) == 0, "%s changes (%d)",
		   iuplus_sccp_type_name(msg.type), rc);
}

struct sccp_world {
	struct iuplus_sccp *sccp;
	uint32_t conns[16];
	unsigned count, sent;
	uint8_t policy;
	uint64_t now;
};

static int sccp_send(void *user, uint32_t dpc, uint8_t sls, const uint8_t *data, size_t len)
{
	struct sccp_world *w = user;
	struct iuplus_sccp_message msg;
	int rc = iuplus_sccp_decode(data, len, &msg);

	(void)dpc;
	(void)sls;
	fuzz_check(rc == IUPLUS_OK, "a sent message decodes with %d", rc);
	w->sent++;
	return w->policy & 8 && w->sent % 5 == 0 ? IUPLUS_ERR_IO : 0;
}

static void sccp_event(void *user, const struct iuplus_sccp_event *event)
{
	struct sccp_world *w = user;

	fuzz_check(event->kind <= IUPLUS_SCCP_EV_NOTICE, "%d", event->kind);
	if (event->kind != IUPLUS_SCCP_EV_CONNECT)
		return;
	w->conns[w->count++ % 16] = event->conn;
	switch (w->policy % 4) {
	case 0:
		iuplus_sccp_refuse(w->sccp, event->conn, 3);
		break;
	case 1:
		iuplus_sccp_release(w->sccp, event->conn, 3, w->now);
		break;
	default:
		iuplus_sccp_accept(w->sccp, event->conn, w->now);
	}
}

static void sccp_run(const uint8_t *data, size_t len)
{
	const struct iuplus_sccp_config
		config = { .point_code = 1, .ssn = IUPLUS_SCCP_SSN_RANAP, .first_reference = 1, .max_connections = 20 };
	static uint8_t longer[4000];
	struct sccp_world w = { .now = 1 };
	const struct iuplus_sccp_ops ops = { sccp_send, sccp_event, &w };
	const uint8_t *octets;
	uint32_t conn;
	uint8_t what;
	size_t n;

	if (len == 0)
		return;
	w.policy = data[0];
	w.sccp = iuplus_sccp_new(&config, &ops);
	fuzz_check(w.sccp, "memory");
	data++;
	len--;
	while (chunk(&data, &len, &what, &octets, &n)) {
		conn = w.conns[what / 16];
		switch (what % 16) {
		case 0:
			if (iuplus_sccp_connect(w.sccp, 2, octets, n, NULL, w.now, &conn) == IUPLUS_OK)
				w.conns[w.count++ % 16] = conn;
			break;
		case 1:
			iuplus_sccp_send(w.sccp, conn, octets, n, w.now);
			break;
		case 2:
			iuplus_sccp_send(w.sccp, conn, longer, sizeof(longer) - n, w.now);
			break;
		case 3:
			iuplus_sccp_release(w.sccp, conn, what, w.now);
			break;
		case 4:
			iuplus_sccp_unitdata(w.sccp, 2, 142, longer, 15 * n);
			break;
		case 5:
			iuplus_sccp_peer_lost(w.sccp, 2, "lost");
			break;
		case 6:
			w.now += 1000 * n;
			iuplus_sccp_tick(w.sccp, w.now);
			break;
		case 7:
			iuplus_sccp_accept(w.sccp, conn, w.now);
			break;
		default:
			sccp_codec(octets, n);
			iuplus_sccp_receive(w.sccp, 2 + what / 128, octets, n, w.now);
		}
		fuzz_check(iuplus_sccp_count(w.sccp) <= 20, "%zu connections", iuplus_sccp_count(w.sccp));
	}
	iuplus_sccp_free(w.sccp);
}

static void sccp_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	static const enum iuplus_sccp_type types[] = {
		IUPLUS_SCCP_CR,   IUPLUS_SCCP_CC,    IUPLUS_SCCP_CREF, IUPLUS_SCCP_RLSD, IUPLUS_SCCP_RLC,
		IUPLUS_SCCP_DT1,  IUPLUS_SCCP_UDT,   IUPLUS_SCCP_UDTS, IUPLUS_SCCP_ERR,  IUPLUS_SCCP_IT,
		IUPLUS_SCCP_XUDT, IUPLUS_SCCP_XUDTS, IUPLUS_SCCP_LUDT, IUPLUS_SCCP_LUDTS
	};
	uint8_t text[] = "octets of RANAP, some more of them", buf[4096], pdu[IUPLUS_SCCP_MAX_MESSAGE];
	size_t i, k, n, at;

	for (i = 0; i < 20 * count; i++) {
		buf[0] = (uint8_t)fuzz_next(r);
		at = 1;
		for (k = fuzz_below(r, 14); k--;) {
			struct iuplus_sccp_message m = {
				.type = types[fuzz_below(r, sizeof(types) / sizeof(*types))],
				.destination = (uint32_t)(1 + fuzz_below(r, 3)),
				.source = (uint32_t)(1 + fuzz_below(r, 3)),
				.protocol_class = 2,
				.has_called = true,
				.has_calling = true,
				.more = fuzz_one_in(r, 2),
				.hop_counter = 15,
				.has_segmentation = fuzz_one_in(r, 2),
				.first_segment = fuzz_one_in(r, 2),
				.remaining_segments = (uint8_t)fuzz_below(r, 3),
				.segmentation_reference = 1,
				.called = { .has_ssn = true, .route_on_ssn = true, .ssn = 142 },
				.calling = { .has_ssn = true,
					     .route_on_ssn = true,
					     .ssn = 142,
					     .has_point_code = true,
					     .point_code = 2 },
				.data = { text, fuzz_below(r, sizeof(text)) }
			};

			if (m.type >= IUPLUS_SCCP_UDT && m.type != IUPLUS_SCCP_ERR && m.type != IUPLUS_SCCP_IT)
				m.protocol_class = (uint8_t)fuzz_below(r, 2);
			if (iuplus_sccp_encode(&m, pdu, sizeof(pdu), &n) == IUPLUS_OK && n < 256)
				at = put_chunk(buf, at, (uint8_t)(8 + fuzz_below(r, 8)), pdu, n);
			if (fuzz_one_in(r, 3))
				at = put_chunk(buf, at, (uint8_t)(fuzz_below(r, 8) + 16 * fuzz_below(r, 4)), text,
					       fuzz_below(r, 16));
		}
		add(user, buf, at);
	}
}

/* ---- radio: two ends, with the input between them ---- */

static void radio_fetch(struct iuplus_radio *from, struct iuplus_radio *to, uint8_t what, uint64_t now)
{
	uint8_t buf[IUPLUS_RADIO_DATAGRAM_MAX];
	struct iuplus_octets sdu;
	uint16_t cell;
	uint8_t rb;
	size_t n;
	unsigned i = 0;

	while ((n = iuplus_radio_next_datagram(from, buf, sizeof(buf), &cell)) > 0) {
		fuzz_check(n <= sizeof(buf), "%zu octets", n);
		if (++i % 4 == 0 && what & 32)
			continue; /* lost */
		if (what & 64)
			buf[what % n] ^= 1;
		iuplus_radio_receive(to, buf, n, now);
		if (what & 128)
			iuplus_radio_receive(to, buf, n, now);
	}
	while (iuplus_radio_next_sdu(to, &rb, &sdu))
		fuzz_check(rb <= 4 && sdu.len <= IUPLUS_RADIO_SDU_MAX, "%zu octets on %u", sdu.len, rb);
}

static void radio_run(const uint8_t *data, size_t len)
{
	struct iuplus_radio_config config = { .ue = true, .cell = 9, .id = 0x00100001 };
	static const uint8_t longer[700];
	struct iuplus_radio *end[2], *one, *other;
	struct iuplus_proc_cipher cipher = { .ck = "sixteen octets!" };
	struct iuplus_proc_radio status;
	struct iuplus_radio_header header;
	const uint8_t *octets;
	uint64_t now = 1;
	uint8_t what;
	size_t n;

	if (len == 0)
		return;
	config.pdu_len = data[0] ? IUPLUS_RADIO_PDU_MIN + data[0] % 111 : 0;
	end[0] = iuplus_radio_new(&config);
	config.ue = false;
	end[1] = iuplus_radio_new(&config);
	fuzz_check(end[0] && end[1], "memory");
	data++;
	len--;
	while (chunk(&data, &len, &what, &octets, &n)) {
		one = end[what >> 4 & 1];
		other = end[!(what >> 4 & 1)];
		switch (what % 16) {
		case 0:
			iuplus_radio_send(one, n ? octets[0] % 6 : 2, octets, n, now);
			break;
		case 1:
			iuplus_radio_send(one, n ? octets[0] % 6 : 2, longer, sizeof(longer) - n, now);
			break;
		case 2:
			now += 50 * n;
			iuplus_radio_tick(one, now);
			break;
		case 3:
			cipher.uea = n > 0 ? octets[0] % 4 : 1;
			cipher.uplink = n > 1 && octets[1] & 1;
			cipher.now = n > 1 && octets[1] & 2;
			cipher.reestablish = n > 1 && octets[1] & 4;
			cipher.hfn = n > 3 ? (uint32_t)octets[2] << 8 | octets[3] : 0xfffff;
			cipher.activation_sn = n > 4 ? octets[4] : 3;
			iuplus_radio_cipher(end[0], what >> 5 & 7, &cipher);
			if (n < 6)
				iuplus_radio_cipher(end[1], what >> 5 & 7, &cipher);
			break;
		case 4:
			if (what & 128)
				iuplus_radio_reset(one);
			break;
		case 5:
			iuplus_radio_set_id(one, 0x00100001 + (what >> 5 & 1));
			break;
		case 6:
			if (what >> 4 & 1)
				iuplus_radio_announce(end[0]);
			break;
		case 7:
		case 8:
		case 9:
			radio_fetch(one, other, what, now);
			break;
		case 10:
			radio_fetch(one, other, 0, now);
			break;
		default:
			iuplus_radio_peek(octets, n, &header);
			iuplus_radio_receive(one, octets, n, now);
			radio_fetch(other, one, 0, now);
		}
		iuplus_radio_status(one, &status);
		fuzz_check(status.tx_sn[1] < 128 && status.tx_sn[2] < 4096 && status.rx_sn[3] < 4096,
			   "sequence numbers");
		fuzz_check(status.tx_hfn[1] < 1u << 25 && status.rx_hfn[2] < 1u << 20, "HFNs");
	}
	iuplus_radio_free(end[0]);
	iuplus_radio_free(end[1]);
}

static void radio_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	uint8_t buf[4096], sdu[64], datagram[IUPLUS_RADIO_DATAGRAM_MAX];
	size_t i, k, n, at;

	for (i = 0; i < 20 * count; i++) {
		struct iuplus_radio_config config = { .ue = true, .cell = 9, .id = 0x00100001 };
		struct iuplus_radio *ue = iuplus_radio_new(&config);
		uint16_t cell;

		buf[0] = 0;
		at = 1;
		fuzz_octets(r, sdu, sizeof(sdu));
		for (k = 1 + fuzz_below(r, 12); k--;) {
			if (ue && fuzz_one_in(r, 2)) { /* as datagrams */
				iuplus_radio_send(ue, (uint8_t)fuzz_below(r, 5), sdu, 1 + fuzz_below(r, sizeof(sdu)),
						  1);
				while ((n = iuplus_radio_next_datagram(ue, datagram, sizeof(datagram), &cell)) > 0 &&
				       at < 3500)
					at = put_chunk(buf, at, 31, datagram, n);
			}
			at = put_chunk(buf, at, (uint8_t)fuzz_next(r), sdu, fuzz_below(r, 32));
		}
		iuplus_radio_free(ue);
		add(user, buf, at);
	}
}

/* ---- captures ---- */

static void capture_run(const uint8_t *data, size_t len)
{
	static char path[64];
	static int fd;
	struct iuplus_capture_reader *reader;
	struct iuplus_capture_packet packet;
	uint32_t sum = 0;
	unsigned count = 0;
	int rc;

	if (!path[0]) {
		fd = memfd_create("fuzz", MFD_CLOEXEC);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	fuzz_check(fd >= 0 && pwrite(fd, data, len, 0) == (ssize_t)len && ftruncate(fd, (off_t)len) == 0,
		   "no file in memory");
	rc = iuplus_capture_reader_open(&reader, path);
	if (rc)
		return;
	while ((rc = iuplus_capture_read(reader, &packet)) == 1 && count++ < 10000) {
		fuzz_check(packet.len <= len, "%zu octets of a file of %zu", packet.len, len);
		sum += iuplus_capture_crc32c(packet.data, packet.len);
		if (packet.comment)
			sum += (uint32_t)strlen(packet.comment);
	}
	fuzz_check(rc <= 0, "more packets than the file can hold");
	(void)sum;
	iuplus_capture_reader_close(reader);
}

static size_t put32(uint8_t *buf, size_t at, uint32_t v, bool swap)
{
	unsigned i;

	for (i = 0; i < 4; i++)
		buf[at + i] = (uint8_t)(v >> (swap ? 24 - 8 * i : 8 * i));
	return at + 4;
}

static size_t block(uint8_t *buf, size_t at, uint32_t type, const uint8_t *body, size_t n, bool swap)
{
	size_t padded = (n + 3) & ~(size_t)3;

	at = put32(buf, at, type, swap);
	at = put32(buf, at, (uint32_t)(padded + 12), swap);
	memcpy(buf + at, body, n);
	memset(buf + at + n, 0, padded - n);
	return put32(buf, at + padded, (uint32_t)(padded + 12), swap);
}

static void capture_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	uint8_t buf[4096], body[256];
	size_t i, k, n, at;

	for (i = 0; i < 4 * count; i++) {
		bool swap = fuzz_one_in(r, 2);

		n = put32(body, 0, 0x1a2b3c4d, swap);
		n = put32(body, n, swap ? 0x00010000 : 1, swap);
		n = put32(body, n, UINT32_MAX, swap);
		n = put32(body, n, UINT32_MAX, swap);
		at = block(buf, 0, 0x0a0d0d0a, body, n, swap);
		n = put32(body, 0, (uint32_t)(fuzz_one_in(r, 2) ? 101 : 252) << (swap ? 16 : 0), swap);
		n = put32(body, n, 65535, swap);
		n = put32(body, n, swap ? 0x00090001 : 0x00010009, swap); /* if_tsresol */
		n = put32(body, n, swap ? 0x09000000 : 9, swap);
		n = put32(body, n, 0, swap);
		at = block(buf, at, 1, body, n, swap);
		for (k = fuzz_below(r, 6); k--;) {
			size_t octets = fuzz_below(r, 60);

			n = put32(body, 0, 0, swap);
			n = put32(body, n, 5, swap);
			n = put32(body, n, (uint32_t)fuzz_next(r), swap);
			n = put32(body, n, (uint32_t)octets, swap);
			n = put32(body, n, (uint32_t)octets, swap);
			fuzz_octets(r, body + n, octets);
			n += (octets + 3) & ~(size_t)3;
			if (fuzz_one_in(r, 2)) {
				n = put32(body, n, swap ? 0x00010004 : 0x00040001, swap); /* opt_comment */
				memcpy(body + n, "text", 4);
				n = put32(body, n + 4, 0, swap);
			}
			at = block(buf, at, 6, body, n, swap);
		}
		add(user, buf, at);
	}
}

const struct fuzz_target fuzz_nas = { "nas", nas_run, nas_seeds, NULL };
const struct fuzz_target fuzz_m3ua = { "m3ua", m3ua_run, m3ua_seeds, NULL };
const struct fuzz_target fuzz_sccp = { "sccp", sccp_run, sccp_seeds, NULL };
const struct fuzz_target fuzz_radio = { "radio", radio_run, radio_seeds, NULL };
const struct fuzz_target fuzz_capture = { "capture", capture_run, capture_seeds, NULL };
