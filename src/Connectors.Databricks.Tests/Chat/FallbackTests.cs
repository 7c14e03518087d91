using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>A chat client with a list of endpoints.</summary>
public class FallbackTests
{
    private const string Delta = """data: {"choices":[{"index":0,"delta":{"content":"Hi."}}]}""" + "\n\n";

    [Fact]
    public async Task The_first_endpoint_that_can_answer_does_and_the_hops_are_told()
    {
        var log = new FakeLoggerFactory();
        var service = new VerbatimService()
            .Answers("""{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"x"}""", HttpStatusCode.TooManyRequests)
            .Answers("", HttpStatusCode.NotFound)
            .Answers(Some.ChatBody);
        var response = await Chat(service, log).GetResponseAsync(Some.Question());

        Assert.Equal("Hi.", response.Text);
        Assert.Equal(
            ["one: 429 REQUEST_LIMIT_EXCEEDED", "two: 404"], Assert.IsType<string[]>(response.AdditionalProperties!["fallback_hops"]));
        Assert.Equal(["one", "two", "three"], Asked(service));
        Assert.Equal(
            [
                "Warning: Endpoint 'one' failed (429 REQUEST_LIMIT_EXCEEDED): falling back to endpoint 'two'.",
                "Warning: Endpoint 'two' failed (404): falling back to endpoint 'three'.",
            ],
            log.Collector.Shown());
    }

    [Fact]
    public async Task An_answer_of_the_first_carries_no_hops()
    {
        var response = await Chat(new VerbatimService().Answers(Some.ChatBody)).GetResponseAsync(Some.Question());

        Assert.False(response.AdditionalProperties?.ContainsKey("fallback_hops") is true);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    public async Task What_every_endpoint_would_refuse_is_not_sent_to_the_next(HttpStatusCode status)
    {
        var service = new VerbatimService().Answers("", status);
        var failure = await Failure.Of(Chat(service));

        Assert.Equal((status, "one"), (failure.StatusCode!.Value, Assert.Single(Asked(service))));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "Endpoint 'x' is no longer available. Please use Unity Gateway.")]
    [InlineData(HttpStatusCode.NotImplemented, "'x' is no longer available. Use Unity Catalog model services (v3).")]
    [InlineData(HttpStatusCode.Forbidden, "The endpoint is temporarily disabled due to a Databricks-set rate limit of 0.")]
    public async Task A_model_that_this_workspace_does_not_serve_here_leaves_the_call_to_the_next_endpoint(
        HttpStatusCode status, string message)
    {
        var service = new VerbatimService()
            .Answers($$"""{"error_code":"PERMISSION_DENIED","message":"{{message}}"}""", status)
            .Answers(Some.ChatBody);
        var chat = service.Client(options => options.Gateway = DatabricksGatewayMode.Never).GetFallbackChatClient(["one", "two", "three"]);

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
        Assert.Equal(["one", "two"], Asked(service));
    }

    [Fact]
    public async Task When_all_fail_the_last_failure_tells_of_the_others()
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.ServiceUnavailable).Answers("", HttpStatusCode.BadGateway)
                .Answers("", HttpStatusCode.TooManyRequests);
        var failure = await Failure.Of(Chat(service));

        Assert.Equal((HttpStatusCode.TooManyRequests, "one: 503; two: 502"), (failure.StatusCode!.Value, failure.Data["fallback_hops"]));
    }

    [Fact]
    public async Task A_stream_moves_on_before_its_first_update()
    {
        var service = new VerbatimService().Streams("""data: {"error":{"message":"no","code":"INTERNAL_ERROR"}}""" + "\n\n")
            .Streams($"{Delta}data: [DONE]\n\n");
        var updates = await Exchange.Collect(Chat(service));

        Assert.Equal("Hi.", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(["one: broke off INTERNAL_ERROR"], Assert.IsType<string[]>(updates[0].AdditionalProperties!["fallback_hops"]));
        Assert.Equal(["one", "two"], Asked(service));
    }

    [Fact]
    public async Task A_stream_never_moves_on_after_its_first_update()
    {
        var service = new VerbatimService().Streams(Delta).Streams($"{Delta}data: [DONE]\n\n");
        var failure = await Failure.OfStream(Chat(service));

        Assert.Equal((true, "one"), (failure.IsTransient, Assert.Single(Asked(service))));
    }

    [Fact]
    public async Task An_endpoint_that_is_left_keeps_neither_turn_nor_connection()
    {
        using var broken = new ClosedStream("""data: {"error":{"message":"no","code":"INTERNAL_ERROR"}}""" + "\n\n");
        var service = new VerbatimService().Streams(broken).Streams($"{Delta}data: [DONE]\n\n")
            .Answers("", HttpStatusCode.ServiceUnavailable).Answers(Some.ChatBody);
        var chat = service.Client(options => options.Concurrency(1)).GetFallbackChatClient(["one", "two"]);
        await Exchange.Collect(chat);

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
        Assert.True(broken.IsClosed);
        Assert.Equal(["one", "two", "one", "two"], Asked(service));
    }

    [Fact]
    public async Task A_log_in_that_fails_is_not_tried_at_the_next()
    {
        var service = new VerbatimService();
        var chat = service.Client(options => options.Credential = DatabricksCredential.FromTokenProvider(
            _ => throw new DatabricksCredentialException("No token."))).GetFallbackChatClient(["one", "two"]);

        await Assert.ThrowsAsync<DatabricksCredentialException>(() => chat.GetResponseAsync(Some.Question()));
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task A_call_that_names_its_endpoint_goes_there_alone()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable);
        await Assert.ThrowsAsync<DatabricksServingException>(
            () => Chat(service).GetResponseAsync(Some.Question(), new ChatOptions { ModelId = "other" }));

        Assert.Equal("other", Assert.Single(Asked(service)));
    }

    [Fact]
    public async Task A_canceled_call_tries_no_other_client()
    {
        using var leaving = new CancellationTokenSource();
        var service = new VerbatimService().NeverAnswers();
        var failing = Chat(service).GetResponseAsync(Some.Question(), cancellationToken: leaving.Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => failing);
        Assert.Single(service.Sent);
    }

    [Fact]
    public void A_list_needs_an_endpoint() =>
        Assert.Throws<ArgumentException>(() => new VerbatimService().Client().GetFallbackChatClient([]));

    [Fact]
    public void What_is_asked_of_it_is_asked_of_the_first() =>
        Assert.Equal("one", Chat(new VerbatimService()).GetService<ChatClientMetadata>()!.DefaultModelId);

    private static IChatClient Chat(VerbatimService service, FakeLoggerFactory? log = null) =>
        service.Client(options => options.LoggerFactory = log ?? options.LoggerFactory).GetFallbackChatClient(["one", "two", "three"]);

    private static IEnumerable<string> Asked(VerbatimService service) =>
        service.Sent.Select(request => request.Uri.Segments[2].TrimEnd('/'));

    private sealed class ClosedStream(string text) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
    {
        public bool IsClosed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
