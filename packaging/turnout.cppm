// turnout as a C++20 module: `import turnout;`. Macros stay outside: the version is in
// turnout/version.hpp. Written by tests/rules/names.py.
module;

#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

export module turnout;

export namespace turnout {
using turnout::advertisement;
using turnout::agreement;
using turnout::client_connection;
using turnout::client_handshake;
using turnout::client_need;
using turnout::client_options;
using turnout::client_received;
using turnout::client_state;
using turnout::client_step;
using turnout::client_turn;
using turnout::content_piece;
using turnout::content_reader;
using turnout::content_step;
using turnout::errc;
using turnout::examine_request;
using turnout::examine_response;
using turnout::explain;
using turnout::explanation;
using turnout::facts;
using turnout::failure;
using turnout::fault;
using turnout::field_line;
using turnout::field_lines;
using turnout::field_name;
using turnout::finding;
using turnout::framing;
using turnout::framing_kind;
using turnout::head;
using turnout::head_outcome;
using turnout::head_step;
using turnout::http_1_1;
using turnout::http_version;
using turnout::lasting_span;
using turnout::limits;
using turnout::method;
using turnout::method_named;
using turnout::method_set;
using turnout::name_of;
using turnout::offer;
using turnout::operator|;
using turnout::own_field;
using turnout::preference;
using turnout::profile;
using turnout::proposal;
using turnout::protocol;
using turnout::read_facts;
using turnout::read_head;
using turnout::reason_phrase;
using turnout::refusal;
using turnout::refusal_for;
using turnout::relay_connection;
using turnout::relay_handshake;
using turnout::relay_need;
using turnout::relay_options;
using turnout::relay_policy;
using turnout::relay_received;
using turnout::relay_side;
using turnout::relay_state;
using turnout::relay_step;
using turnout::relay_turn;
using turnout::relayed_request;
using turnout::relayed_response;
using turnout::request_head;
using turnout::request_line;
using turnout::request_target;
using turnout::response_head;
using turnout::response_verdict;
using turnout::result;
using turnout::resume_mark;
using turnout::room;
using turnout::server_connection;
using turnout::server_handshake;
using turnout::server_need;
using turnout::server_options;
using turnout::server_received;
using turnout::server_state;
using turnout::server_step;
using turnout::server_turn;
using turnout::span;
using turnout::status_line;
using turnout::switched;
using turnout::target_form;
using turnout::tunnel;
using turnout::tunnel_request;
using turnout::verdict;
using turnout::write;
using turnout::write_request;
using turnout::write_switch;
using turnout::write_tunnel;
using turnout::write_whole;
using turnout::writer;
}  // namespace turnout

export namespace turnout::alpn {
using turnout::alpn::parse_selected_protocol;
using turnout::alpn::protocol_name_list;
using turnout::alpn::put_protocol_names;
using turnout::alpn::put_selected_protocol;
using turnout::alpn::select_protocol;
}  // namespace turnout::alpn

export namespace turnout::bound_udp {
using turnout::bound_udp::agreement;
using turnout::bound_udp::for_each_public_address;
using turnout::bound_udp::is_bound;
using turnout::bound_udp::offer;
using turnout::bound_udp::profile;
using turnout::bound_udp::proposal;
using turnout::bound_udp::target;
}  // namespace turnout::bound_udp

export namespace turnout::capsule {
using turnout::capsule::datagram;
using turnout::capsule::delivery;
using turnout::capsule::entries;
using turnout::capsule::header;
using turnout::capsule::known;
using turnout::capsule::name_of;
using turnout::capsule::parse_address_assign;
using turnout::capsule::parse_address_request;
using turnout::capsule::parse_route_advertisement;
using turnout::capsule::prefix;
using turnout::capsule::reader;
using turnout::capsule::received;
using turnout::capsule::route;
using turnout::capsule::step;
using turnout::capsule::udp_datagrams;
using turnout::capsule::varint;
}  // namespace turnout::capsule

export namespace turnout::capsule::type {
using turnout::capsule::type::address_assign;
using turnout::capsule::type::address_request;
using turnout::capsule::type::compression_ack;
using turnout::capsule::type::compression_assign;
using turnout::capsule::type::compression_close;
using turnout::capsule::type::data;
using turnout::capsule::type::datagram;
using turnout::capsule::type::final_data;
using turnout::capsule::type::route_advertisement;
using turnout::capsule::type::wrap_up;
}  // namespace turnout::capsule::type

export namespace turnout::connect_ethernet {
using turnout::connect_ethernet::agree;
using turnout::connect_ethernet::agreement;
using turnout::connect_ethernet::offer;
using turnout::connect_ethernet::profile;
using turnout::connect_ethernet::proposal;
using turnout::connect_ethernet::target;
}  // namespace turnout::connect_ethernet

export namespace turnout::connect_ip {
using turnout::connect_ip::agree;
using turnout::connect_ip::agreement;
using turnout::connect_ip::check_scope;
using turnout::connect_ip::offer;
using turnout::connect_ip::profile;
using turnout::connect_ip::proposal;
using turnout::connect_ip::target;
}  // namespace turnout::connect_ip

export namespace turnout::connect_tcp {
using turnout::connect_tcp::agree;
using turnout::connect_tcp::agreement;
using turnout::connect_tcp::offer;
using turnout::connect_tcp::payload_capsules;
using turnout::connect_tcp::payload_reader;
using turnout::connect_tcp::profile;
using turnout::connect_tcp::proposal;
using turnout::connect_tcp::protocol;
using turnout::connect_tcp::target;
}  // namespace turnout::connect_tcp

export namespace turnout::connect_udp {
using turnout::connect_udp::agree;
using turnout::connect_udp::agreement;
using turnout::connect_udp::offer;
using turnout::connect_udp::profile;
using turnout::connect_udp::proposal;
using turnout::connect_udp::protocol;
using turnout::connect_udp::target;
}  // namespace turnout::connect_udp

export namespace turnout::docker {
using turnout::docker::h2c;
using turnout::docker::multiplexed_stream;
using turnout::docker::name_of;
using turnout::docker::raw_stream;
using turnout::docker::stream;
using turnout::docker::stream_of;
using turnout::docker::tcp;
}  // namespace turnout::docker

export namespace turnout::extended_connect {
using turnout::extended_connect::agreement;
using turnout::extended_connect::check_field;
using turnout::extended_connect::check_fields;
using turnout::extended_connect::check_value;
using turnout::extended_connect::content_of;
using turnout::extended_connect::crosses;
using turnout::extended_connect::enable_connect_protocol;
using turnout::extended_connect::examine_request;
using turnout::extended_connect::facts_of;
using turnout::extended_connect::is_connectable;
using turnout::extended_connect::list_size;
using turnout::extended_connect::list_space;
using turnout::extended_connect::list_writer;
using turnout::extended_connect::names;
using turnout::extended_connect::opens;
using turnout::extended_connect::proposal;
using turnout::extended_connect::request;
using turnout::extended_connect::response;
using turnout::extended_connect::upgrade_request;
using turnout::extended_connect::write_connect;
using turnout::extended_connect::write_list;
using turnout::extended_connect::write_request;
using turnout::extended_connect::write_response;
}  // namespace turnout::extended_connect

export namespace turnout::field {
using turnout::field::alpn;
using turnout::field::capsule_protocol;
using turnout::field::check_request_codings;
using turnout::field::check_unique;
using turnout::field::connection;
using turnout::field::connection_option;
using turnout::field::connection_summary;
using turnout::field::content_length;
using turnout::field::expect;
using turnout::field::expectation;
using turnout::field::extension;
using turnout::field::field_name;
using turnout::field::host;
using turnout::field::http2_setting;
using turnout::field::http2_settings;
using turnout::field::known_field;
using turnout::field::max_forwards;
using turnout::field::max_protocol_name;
using turnout::field::protocol;
using turnout::field::protocol_id;
using turnout::field::proxy_report;
using turnout::field::proxy_status;
using turnout::field::put_alpn;
using turnout::field::put_http2_settings;
using turnout::field::put_protocol_id;
using turnout::field::sec_websocket_accept;
using turnout::field::sec_websocket_extensions;
using turnout::field::sec_websocket_key;
using turnout::field::sec_websocket_protocol;
using turnout::field::sec_websocket_version;
using turnout::field::spelling;
using turnout::field::subprotocol;
using turnout::field::transfer_coding;
using turnout::field::transfer_encoding;
using turnout::field::upgrade;
using turnout::field::websocket_version;
}  // namespace turnout::field

export namespace turnout::forwarding {
using turnout::forwarding::ends_connection;
using turnout::forwarding::examine_request;
using turnout::forwarding::examine_response;
using turnout::forwarding::forwarded_content;
using turnout::forwarding::forwarded_framing;
using turnout::forwarding::incremental_refused;
using turnout::forwarding::is_incremental;
using turnout::forwarding::is_protected;
using turnout::forwarding::relay_policy;
using turnout::forwarding::relayed_offer;
using turnout::forwarding::relayed_proposal;
using turnout::forwarding::relayed_protocols;
using turnout::forwarding::removed_fields;
using turnout::forwarding::status_fields;
using turnout::forwarding::verdict;
using turnout::forwarding::write_forwarded;
}  // namespace turnout::forwarding

export namespace turnout::gateway {
using turnout::gateway::from_http_1;
using turnout::gateway::http_2_code;
using turnout::gateway::http_3_code;
using turnout::gateway::name_of;
using turnout::gateway::need;
using turnout::gateway::options;
using turnout::gateway::side;
using turnout::gateway::state;
using turnout::gateway::stream_error;
using turnout::gateway::to_http_1;
using turnout::gateway::turn;
}  // namespace turnout::gateway

export namespace turnout::grammar {
using turnout::grammar::are_base64_digits;
using turnout::grammar::are_letters;
using turnout::grammar::are_plainly_unreserved;
using turnout::grammar::authority;
using turnout::grammar::bare_item;
using turnout::grammar::base64;
using turnout::grammar::base64_size;
using turnout::grammar::block_size;
using turnout::grammar::check_base64;
using turnout::grammar::chunk_extensions;
using turnout::grammar::decode_base64;
using turnout::grammar::decode_uri_variable;
using turnout::grammar::default_list_elements;
using turnout::grammar::encode_base64;
using turnout::grammar::equal_ignoring_case;
using turnout::grammar::extension_parameters;
using turnout::grammar::find_not;
using turnout::grammar::find_not_in_target;
using turnout::grammar::http_parameters;
using turnout::grammar::is_alpha;
using turnout::grammar::is_digit;
using turnout::grammar::is_hexadecimal;
using turnout::grammar::is_ows;
using turnout::grammar::is_stop;
using turnout::grammar::is_tchar;
using turnout::grammar::is_token;
using turnout::grammar::is_true;
using turnout::grammar::is_unreserved;
using turnout::grammar::item_parameters_size;
using turnout::grammar::list;
using turnout::grammar::lower_case_digits;
using turnout::grammar::octet_class;
using turnout::grammar::ows_size;
using turnout::grammar::parameter;
using turnout::grammar::parameter_rules;
using turnout::grammar::parameters;
using turnout::grammar::parse_bare_item_prefix;
using turnout::grammar::parse_decimal;
using turnout::grammar::parse_hexadecimal_prefix;
using turnout::grammar::parse_percent_encoded;
using turnout::grammar::parsed_prefix;
using turnout::grammar::percent_encoded_size;
using turnout::grammar::put_percent_encoded;
using turnout::grammar::put_token;
using turnout::grammar::put_uri_variable;
using turnout::grammar::quoted_string_size;
using turnout::grammar::stop_octets;
using turnout::grammar::stop_scanner;
using turnout::grammar::structured_item;
using turnout::grammar::structured_list;
using turnout::grammar::tagged_value;
using turnout::grammar::template_variable;
using turnout::grammar::to_lower;
using turnout::grammar::to_number;
using turnout::grammar::token_or_quoted_string;
using turnout::grammar::token_size;
using turnout::grammar::transfer_parameters;
using turnout::grammar::trim;
using turnout::grammar::upper_case_digits;
using turnout::grammar::uri_template;
using turnout::grammar::utf8_checker;
using turnout::grammar::value_lines;
}  // namespace turnout::grammar

export namespace turnout::h2c {
using turnout::h2c::agree;
using turnout::h2c::agreement;
using turnout::h2c::client_preface;
using turnout::h2c::find_preface;
using turnout::h2c::name_of;
using turnout::h2c::next_client_stream;
using turnout::h2c::preface;
using turnout::h2c::profile;
using turnout::h2c::proposal;
using turnout::h2c::request_stream;
}  // namespace turnout::h2c

export namespace turnout::kubernetes {
using turnout::kubernetes::accepted_versions;
using turnout::kubernetes::agree;
using turnout::kubernetes::agreement;
using turnout::kubernetes::proposal;
using turnout::kubernetes::slashed_subprotocol;
using turnout::kubernetes::slashed_subprotocols;
using turnout::kubernetes::spdy;
using turnout::kubernetes::stream_protocol;
using turnout::kubernetes::stream_protocols;
using turnout::kubernetes::websocket_offer;
using turnout::kubernetes::websocket_proposal;
using turnout::kubernetes::websocket_request;
}  // namespace turnout::kubernetes

export namespace turnout::lxd {
using turnout::lxd::dqlite;
using turnout::lxd::sftp;
}  // namespace turnout::lxd

export namespace turnout::machine {
using turnout::machine::all_reachable;
using turnout::machine::client_begins;
using turnout::machine::client_event;
using turnout::machine::client_rows;
using turnout::machine::client_state;
using turnout::machine::client_table;
using turnout::machine::gateway_begins;
using turnout::machine::gateway_event;
using turnout::machine::gateway_rows;
using turnout::machine::gateway_state;
using turnout::machine::gateway_table;
using turnout::machine::has_no_trap;
using turnout::machine::is_deterministic;
using turnout::machine::is_final;
using turnout::machine::name_of;
using turnout::machine::position;
using turnout::machine::reachable_from;
using turnout::machine::relay_begins;
using turnout::machine::relay_event;
using turnout::machine::relay_rows;
using turnout::machine::relay_state;
using turnout::machine::relay_table;
using turnout::machine::server_begins;
using turnout::machine::server_event;
using turnout::machine::server_rows;
using turnout::machine::server_state;
using turnout::machine::server_table;
using turnout::machine::transition;
using turnout::machine::transitions;
}  // namespace turnout::machine

export namespace turnout::masque {
using turnout::masque::agree_to;
using turnout::masque::agreement;
using turnout::masque::check_host;
using turnout::masque::check_no_content;
using turnout::masque::expanded_target;
using turnout::masque::host_protocol;
using turnout::masque::host_target;
using turnout::masque::host_variables;
using turnout::masque::offer;
using turnout::masque::path_variables;
using turnout::masque::profile_named;
using turnout::masque::proposal;
using turnout::masque::proxy_template;
using turnout::masque::variable;
}  // namespace turnout::masque

export namespace turnout::proxmox {
using turnout::proxmox::backup;
using turnout::proxmox::reader;
}  // namespace turnout::proxmox

export namespace turnout::proxyguard {
using turnout::proxyguard::uotlv;
}  // namespace turnout::proxyguard

export namespace turnout::remote_desktop {
using turnout::remote_desktop::profile;
using turnout::remote_desktop::proposal;
}  // namespace turnout::remote_desktop

export namespace turnout::remoting {
using turnout::remoting::agree;
using turnout::remoting::agreement;
using turnout::remoting::artemis;
using turnout::remoting::hornetq;
using turnout::remoting::jboss;
using turnout::remoting::proposal;
}  // namespace turnout::remoting

export namespace turnout::reversed {
using turnout::reversed::ptth;
using turnout::reversed::reverse;
using turnout::reversed::reverse_tunnel;
}  // namespace turnout::reversed

export namespace turnout::rules {
using turnout::rules::allows;
using turnout::rules::check_expect;
using turnout::rules::check_framing;
using turnout::rules::check_host;
using turnout::rules::check_named_switch;
using turnout::rules::check_nominated;
using turnout::rules::check_profile;
using turnout::rules::check_request;
using turnout::rules::check_switch;
using turnout::rules::check_upgrade;
using turnout::rules::choose_advertised;
using turnout::rules::expects_continue;
using turnout::rules::fault_of;
using turnout::rules::find_framing;
using turnout::rules::framing_of;
using turnout::rules::has_content;
using turnout::rules::has_field;
using turnout::rules::hop_by_hop;
using turnout::rules::is_hop_by_hop;
using turnout::rules::is_persistent;
using turnout::rules::is_reserved;
using turnout::rules::located;
using turnout::rules::may_be_nominated;
using turnout::rules::never_has_content;
using turnout::rules::response_framing;
using turnout::rules::retry_without_expect;
using turnout::rules::status_for;
}  // namespace turnout::rules

export namespace turnout::tailscale {
using turnout::tailscale::control;
using turnout::tailscale::derp;
}  // namespace turnout::tailscale

export namespace turnout::teleport {
using turnout::teleport::alpn;
using turnout::teleport::alpn_ping;
}  // namespace turnout::teleport

export namespace turnout::tls {
using turnout::tls::mandatory;
using turnout::tls::v1_2;
using turnout::tls::v1_3;
using turnout::tls::version;
}  // namespace turnout::tls

export namespace turnout::websocket {
using turnout::websocket::accept_for;
using turnout::websocket::accept_guid;
using turnout::websocket::agree;
using turnout::websocket::agreement;
using turnout::websocket::basic_offer;
using turnout::websocket::basic_proposal;
using turnout::websocket::basic_request;
using turnout::websocket::check_accept;
using turnout::websocket::check_origin;
using turnout::websocket::check_terms;
using turnout::websocket::name_of;
using turnout::websocket::offer;
using turnout::websocket::origin_kind;
using turnout::websocket::policy;
using turnout::websocket::profile;
using turnout::websocket::proposal;
using turnout::websocket::request;
using turnout::websocket::terms;
using turnout::websocket::uri;
using turnout::websocket::websocket_guid;
using turnout::websocket::written_extensions;
}  // namespace turnout::websocket

export namespace turnout::websocket::permessage_deflate {
using turnout::websocket::permessage_deflate::accept;
using turnout::websocket::permessage_deflate::agreed;
using turnout::websocket::permessage_deflate::answer;
using turnout::websocket::permessage_deflate::bare;
using turnout::websocket::permessage_deflate::check;
using turnout::websocket::permessage_deflate::check_rsv1;
using turnout::websocket::permessage_deflate::choose;
using turnout::websocket::permessage_deflate::name;
using turnout::websocket::permessage_deflate::offer;
using turnout::websocket::permessage_deflate::parameters;
using turnout::websocket::permessage_deflate::response;
using turnout::websocket::permessage_deflate::settings;
using turnout::websocket::permessage_deflate::settle;
using turnout::websocket::permessage_deflate::zlib_window;
}  // namespace turnout::websocket::permessage_deflate
