using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Models.Corrections;

/// <summary>Some endpoints refuse stream_options, each in its own words: that is met once per endpoint and not on every call.</summary>
public class RejectedStreamOptionsTests
{
    private const string Asking =
        """{"messages":[{"role":"user","content":"Hello?"}],"stream":true,"stream_options":{"include_usage":true}}""";
    private const string NotAsking = """{"messages":[{"role":"user","content":"Hello?"}],"stream":true}""";

    [Theory]
    [InlineData("""{"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"stream_options\"\n"}""")]
    [InlineData("""{"error_code":"BAD_REQUEST","message":"Invalid JSON payload received. Unknown name \"stream_options\" at 'generation_config': Cannot find field."}""")]
    [InlineData("""{"error_code":"BAD_REQUEST","message":"{\"message\":\"stream_options: Extra inputs are not permitted\"}"}""")]
    public async Task A_refused_field_is_left_out_at_once_and_from_then_on(string refusal)
    {
        var service = new VerbatimService()
            .Answers(refusal, HttpStatusCode.BadRequest).Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = service.Chat();

        Assert.Equal("Hi.", (await Exchange.Collect(chat)).ToChatResponse().Text);
        Assert.Equal("Hi.", (await Exchange.Collect(chat)).ToChatResponse().Text);

        Sends(service, Asking, NotAsking, NotAsking);
    }

    [Fact]
    public async Task Every_chat_client_of_one_client_shares_the_correction()
    {
        var service = new VerbatimService()
            .Answers("stream_options", HttpStatusCode.BadRequest).Answers(Some.ChatBody).Answers(Some.ChatBody);
        var client = service.Client();

        await Exchange.Collect(client.GetChatClient("some-endpoint"));
        await Exchange.Collect(client.GetChatClient("some-endpoint"));

        Sends(service, Asking, NotAsking, NotAsking);
    }

    [Fact]
    public async Task Another_endpoint_is_still_asked()
    {
        var service = new VerbatimService()
            .Answers("stream_options", HttpStatusCode.BadRequest).Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = service.Chat();

        await Exchange.Collect(chat);
        await Exchange.Collect(chat, new ChatOptions { ModelId = "another-endpoint" });

        Sends(service, Asking, NotAsking, Asking);
    }

    [Fact]
    public async Task A_refusal_of_something_else_is_an_error()
    {
        var service = new VerbatimService().Answers("""{"message":"temperature: not supported"}""", HttpStatusCode.BadRequest);

        await Failure.OfStream(service);

        Sends(service, Asking);
    }

    [Fact]
    public async Task Another_status_is_an_error_even_when_it_names_the_field()
    {
        var service = new VerbatimService().Answers("stream_options", HttpStatusCode.InternalServerError);

        await Failure.OfStream(service);

        Sends(service, Asking);
    }

    [Fact]
    public async Task A_second_refusal_in_a_row_is_an_error()
    {
        var service = new VerbatimService()
            .Answers("stream_options", HttpStatusCode.BadRequest)
            .Answers("""{"message":"stream_options, once more"}""", HttpStatusCode.BadRequest);

        var failure = await Failure.OfStream(service);

        Assert.Equal("stream_options, once more", failure.ServiceMessage);
        Sends(service, Asking, NotAsking);
    }

    [Fact]
    public async Task Nothing_is_requested_when_the_options_turn_it_off()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await Exchange.Collect(service.Chat(options => options.Chat.IncludeUsageInStreams = false));

        Sends(service, NotAsking);
    }

    [Theory]
    [InlineData(EmulatedDialect.Gemini, false)]
    [InlineData(EmulatedDialect.Llama, true)]
    public async Task A_correction_works_on_a_real_connection(EmulatedDialect dialect, bool refuses)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var endpoint = emulator.AddChatEndpoint("some-endpoint", dialect).Replies("Hi.").Replies("Hi again.");
        endpoint = refuses ? endpoint.RefusesStreamOptions() : endpoint;
        var chat = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token)).GetChatClient(endpoint.Name);

        await Exchange.Collect(chat);
        await Exchange.Collect(chat);

        Assert.Equal([400, 200, 200], endpoint.Requests.Select(request => request.StatusCode));
    }

    private static void Sends(VerbatimService service, params string[] documents) =>
        Assert.Equal(documents.Select(JsonText.Normalized), service.Sent.Select(sent => JsonText.Normalized(sent.Body)));
}
