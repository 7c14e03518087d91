using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>The caller's cancellation is no error at any stage: it comes out as it is, with the caller's own token.</summary>
public class CancellationTests
{
    [Fact]
    public async Task Nothing_is_requested_or_sent_once_the_caller_has_canceled()
    {
        var credential = new CountingCredential("dapi");
        var service = new VerbatimService();
        var chat = service.Chat(options => options.Credential = credential);

        await IsTheCallers(cancellation => chat.GetResponseAsync(Some.Question(), null, Canceled(cancellation)));
        await IsTheCallers(cancellation => Exchange.Collect(chat, null, Canceled(cancellation)));

        Assert.Equal((0, 0), (credential.Given, service.Sent.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task While_a_token_is_fetched(int maxRetries) => await IsTheCallers(cancellation =>
        new VerbatimService().Chat(options =>
        {
            options.RetriesAtOnce(maxRetries);
            options.Credential = DatabricksCredential.FromTokenProvider(async token =>
            {
                await cancellation.CancelAsync();
                token.ThrowIfCancellationRequested();
                return default;
            });
        }).GetResponseAsync(Some.Question(), null, cancellation.Token));

    [Fact]
    public async Task While_waiting_for_headers() => await IsTheCallers(async cancellation =>
    {
        var chatting = new VerbatimService().NeverAnswers().Chat().GetResponseAsync(Some.Question(), null, cancellation.Token);
        await cancellation.CancelAsync();
        await chatting;
    });

    [Fact]
    public async Task While_a_body_is_read() => await IsTheCallers(async cancellation =>
    {
        var body = new Pipe();
        var content = new StreamContent(body.Reader.AsStream());
        content.Headers.ContentType = new("application/json");
        var chatting = new VerbatimService().Answers(HttpStatusCode.OK, content).Chat()
            .GetResponseAsync(Some.Question(), null, cancellation.Token);
        await cancellation.CancelAsync();
        await chatting;
    });

    [Fact]
    public async Task While_an_error_body_is_read() => await IsTheCallers(async cancellation =>
    {
        var service = new VerbatimService().Answers(HttpStatusCode.BadRequest, new StreamContent(new Pipe().Reader.AsStream()));
        var chatting = service.Chat().GetResponseAsync(Some.Question(), null, cancellation.Token);
        await cancellation.CancelAsync();
        await chatting;
    });

    [Fact]
    public async Task While_a_retry_waits() => await IsTheCallers(async cancellation =>
    {
        var clock = new FakeClock();
        var service = new VerbatimService().Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "30"));
        var chatting = service.Chat(options =>
        {
            options.RetriesAtOnce(1);
            options.TimeProvider = clock;
        }).GetResponseAsync(Some.Question(), null, cancellation.Token);
        await clock.TimerWithin(TimeSpan.FromSeconds(30));
        await cancellation.CancelAsync();
        await chatting;
    });

    [Fact]
    public async Task In_the_moment_in_which_the_headers_of_a_stream_come() => await IsTheCallers(async cancellation =>
    {
        var service = new VerbatimService().Streams(Exchange.Events(Chunk("a"), "[DONE]"));
        using var http = new HttpClient(new CallbackHandler(service, cancellation.Cancel));
        await Exchange.Collect(service.Chat(options => options.HttpClient = http), null, cancellation.Token);
    });

    [Fact]
    public async Task Between_two_events_that_are_both_there() => await IsTheCallers(async cancellation =>
    {
        var service = new VerbatimService().Streams(Exchange.Events(Chunk("a"), Chunk("b"), "[DONE]"));
        await foreach (var update in service.Chat().GetStreamingResponseAsync(Some.Question(), null, cancellation.Token))
        {
            Assert.Equal("a", update.Text);
            await cancellation.CancelAsync();
        }
    });

    [Fact]
    public async Task During_a_silence_of_the_stream() => await IsTheCallers(async cancellation =>
    {
        var body = new Pipe();
        await body.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Exchange.Events(Chunk("a"))));
        var service = new VerbatimService().Streams(body.Reader.AsStream());
        await using var updates = service.Chat().GetStreamingResponseAsync(Some.Question(), null, cancellation.Token).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        var silence = updates.MoveNextAsync();
        await cancellation.CancelAsync();
        await silence;
    });

    [Fact]
    public async Task In_the_moment_in_which_a_connection_fails() => await IsTheCallers(async cancellation =>
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = new Uri($"http://{closed.LocalEndpoint}");
        closed.Stop();
        using var below = new FailureBelow(address, cancellation.Cancel);
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = address,
            Credential = DatabricksCredential.FromToken("t"),
            Resilience = { Retry = null },
        });
        try
        {
            await serving.GetChatClient("some-endpoint").GetResponseAsync(Some.Question(), null, cancellation.Token);
        }
        finally
        {
            Assert.True(below.HasActed);
        }
    });

    [Fact]
    public async Task While_a_real_connection_has_sent_no_headers() => await IsTheCallers(async cancellation =>
    {
        await using var emulator = await DatabricksEmulator.StartAsync(new() { TimeProvider = new FakeClock() });
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Llama).DelaysTheHeadersBy(TimeSpan.FromHours(1))
            .Replies("Hi.");
        var chatting = Client(emulator).GetChatClient(endpoint.Name).GetResponseAsync(Some.Question(), null, cancellation.Token);
        await endpoint.WaitForPauseAsync();
        await cancellation.CancelAsync();
        await chatting;
    });

    [Fact]
    public async Task While_a_real_stream_is_silent() => await IsTheCallers(async cancellation =>
    {
        await using var emulator = await DatabricksEmulator.StartAsync(new() { TimeProvider = new FakeClock() });
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Llama).GoesSilentFor(TimeSpan.FromHours(1), afterEvents: 1)
            .Replies("Hi there.");
        var streaming = Exchange.Collect(Client(emulator).GetChatClient(endpoint.Name), null, cancellation.Token);
        await endpoint.WaitForPauseAsync();
        await cancellation.CancelAsync();
        await streaming;
    });

    private static DatabricksServingClient Client(DatabricksEmulator emulator) =>
        new(emulator.Host, DatabricksCredential.FromToken(emulator.Token));

    private static CancellationToken Canceled(CancellationTokenSource cancellation)
    {
        cancellation.Cancel();
        return cancellation.Token;
    }

    private static async Task IsTheCallers(Func<CancellationTokenSource, Task> call)
    {
        using var cancellation = new CancellationTokenSource();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call(cancellation));

        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    private static string Chunk(string text) => $$$"""{"choices":[{"index":0,"delta":{"content":"{{{text}}}"}}]}""";
}
