# Mojolicious, as its documentation starts it: `mojolicious.pl PORT`. It echoes.
use Mojolicious::Lite -signatures;
use Mojo::Server::Daemon;
my $port = shift @ARGV;
app->log->level('fatal');
websocket '/' => sub ($peer) {
  $peer->on(message => sub ($on, $message) { $on->send($message) });
};
any '/*' => {'' => ''} => sub ($page) { $page->render(text => 'hello') };
Mojo::Server::Daemon->new(app => app, listen => ["http://127.0.0.1:$port"], silent => 1)->run;
