using System.Net;
using System.Net.Sockets;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>
/// A connection that never came about is tried again; one that broke is not, for the service may have worked and may bill.
/// </summary>
public class ConnectionFailureTests
{
    [Fact]
    public async Task A_closed_port_is_tried_again_and_then_named()
    {
        // Bound and never listening: no other process can take the port meanwhile, and no one answers on it.
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var host = new Uri($"http://{silent.LocalEndPoint}");
        var log = new FakeLoggerFactory();
        var chat = Chat(host, options => options.LoggerFactory = log);

        var failure = await Failure.Of(chat);

        Assert.StartsWith(
            $"Chat on endpoint 'some-endpoint' failed: {host.GetLeftPart(UriPartial.Authority)} could not be reached (ConnectionError: ",
            failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("). Check Host, the network and the proxy settings.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            (null, true, HttpRequestError.ConnectionError, "some-endpoint"),
            (failure.StatusCode, failure.IsTransient, failure.HttpRequestError, failure.EndpointName));
        Assert.Equal(
            [
                "Warning: Chat on endpoint 'some-endpoint' will be retried in 00:00:00 (retry 1 of 2): no connection",
                "Warning: Chat on endpoint 'some-endpoint' will be retried in 00:00:00 (retry 2 of 2): no connection",
            ],
            log.Collector.Shown());
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ProxyTunnelError)]
    public async Task What_never_left_is_sent_again(HttpRequestError error)
    {
        var service = new VerbatimService().Throws(new HttpRequestException(error, "No.")).Answers(Some.ChatBody);

        await service.Chat(AtOnce).GetResponseAsync(Some.Question());

        Assert.Equal(2, service.Sent.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.Unknown)]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.HttpProtocolError)]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded)]
    public async Task What_may_have_arrived_is_not_sent_again(HttpRequestError error)
    {
        var broken = new HttpRequestException(error, "Reset.");
        var service = new VerbatimService().Throws(broken);

        var failure = await Failure.Of(service, AtOnce);

        Assert.Single(service.Sent);
        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: the connection to https://some-workspace.cloud.databricks.com broke before a " +
            $"response arrived ({error}: Reset.). Try again: it was not retried, because the first attempt may be billed.",
            failure.Message);
        Assert.Equal((true, error, broken), (failure.IsTransient, failure.HttpRequestError, failure.InnerException));
    }

    [Fact]
    public async Task A_real_connection_dropped_before_the_answer_is_not_tried_again()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Llama).DropsTheConnection();

        var failure = await Failure.Of(Chat(emulator.Host, options => options.Credential = DatabricksCredential.FromToken(emulator.Token)));

        Assert.Equal((true, null, 1), (failure.IsTransient, failure.StatusCode, endpoint.Requests.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_real_stream_cut_in_the_middle_is_told_as_such(int events)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Llama)
            .CutsTheStreamAfter(events).Replies("One two three four five six seven.");

        var failure = await Failure.OfStream(
            Chat(emulator.Host, options => options.Credential = DatabricksCredential.FromToken(emulator.Token)));

        Assert.Equal(
            "Streaming chat on endpoint 'some-endpoint' failed: the stream ended before its end marker; what arrived is incomplete. " +
            $"Try again. (Request id {endpoint.Requests[0].RequestId}.)",
            failure.Message);
        Assert.Equal((true, 1), (failure.IsTransient, endpoint.Requests.Count));
    }

    [Fact]
    public async Task A_real_body_cut_in_the_middle_is_told_as_such()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Llama).CutsTheStreamAfter(1).Replies("One two three.");

        var failure = await Failure.Of(Chat(emulator.Host, options => options.Credential = DatabricksCredential.FromToken(emulator.Token)));

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: the response ended before its end. " +
            $"Try again. (Request id {endpoint.Requests[0].RequestId}.)",
            failure.Message);
    }

    [Fact]
    public async Task A_body_that_cannot_be_unpacked_is_malformed()
    {
        var failure = await Failure.Of(
            new VerbatimService().Answers(HttpStatusCode.OK, new BrokenContent(new InvalidDataException("not gzip"))));

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: a response that is not the expected JSON. " +
            "If a proxy is in between, check it; otherwise give the request id to Databricks support.",
            failure.Message);
    }

    private static IChatClient Chat(Uri host, Action<DatabricksServingOptions> configure)
    {
        var options = new DatabricksServingOptions { Host = host, Credential = DatabricksCredential.FromToken(Some.Token) };
        AtOnce(options);
        configure(options);
        return new DatabricksServingClient(options).GetChatClient("some-endpoint");
    }

    private static void AtOnce(DatabricksServingOptions options)
    {
        options.RetriesAtOnce(2);
    }
}
