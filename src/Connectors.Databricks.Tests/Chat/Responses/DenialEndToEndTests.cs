using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>A denial by a service policy over the Responses API, through the public client.</summary>
public sealed class DenialEndToEndTests : IAsyncLifetime
{
    private const string Service = "system.ai.claude-sonnet-4-5";
    private const string Reason = "The text contains the e-mail address ada@example.com.";

    private DatabricksEmulator _emulator = null!;

    public static TheoryData<ServicePolicyDenialStyle, bool, bool> Cases()
    {
        var cases = new TheoryData<ServicePolicyDenialStyle, bool, bool>();
        foreach (var style in Enum.GetValues<ServicePolicyDenialStyle>().Where(style => style != ServicePolicyDenialStyle.WithoutObject))
        {
            foreach (var (onOutput, isStream) in new[] { (false, false), (false, true), (true, false), (true, true) })
            {
                cases.Add(style, onOutput, isStream);
            }
        }

        return cases;
    }

    public async Task InitializeAsync() => _emulator = await DatabricksEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_an_exception_where_the_options_require_it(ServicePolicyDenialStyle style, bool onOutput, bool isStream)
    {
        _emulator.ModelService(Service).Endpoint.DeniesByServicePolicy("p1", onOutput, Reason, style);

        var failure = isStream ? await Failure.OfStream(Chat(throws: true)) : await Failure.Of(Chat(throws: true));

        Assert.Equal(
            ("p1", onOutput ? "post_call" : "pre_call", Reason),
            (failure.ServicePolicyDenial!.PolicyName, failure.ServicePolicyDenial.Phase, failure.ServicePolicyDenial.Reason));
        Assert.Equal((DatabricksServingErrorKind.ServicePolicy, false), (failure.Kind, failure.IsTransient));
        Assert.DoesNotContain("ada@example.com", failure.Message, StringComparison.Ordinal);
        Assert.Single(_emulator.Requests);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_a_content_filter_otherwise(ServicePolicyDenialStyle style, bool onOutput, bool isStream)
    {
        _emulator.ModelService(Service).Endpoint.DeniesByServicePolicy("p1", onOutput, Reason, style);

        var response = isStream
            ? (await Exchange.Collect(Chat(throws: false))).ToChatResponse()
            : await Chat(throws: false).GetResponseAsync(Some.Question());

        Assert.Equal(("p1", Reason), (response.GetServicePolicyDenial()?.PolicyName, response.GetServicePolicyDenial()?.Reason));
        Assert.Equal(ChatFinishReason.ContentFilter, response.FinishReason);
    }

    [Fact]
    public async Task A_stream_that_is_denied_after_text_throws_before_the_text_of_the_policy()
    {
        var chat = new VerbatimService().Streams(Exchange.Events(
            ResponsesEvents.Created, ResponsesEvents.TextDelta("Half an answer. "),
            """{"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"Blocked.","databricks_service_policy":{"name":"p1","action":"deny"}}"""))
            .Client().GetChatClient(
                Service, new DatabricksChatOptions { Api = DatabricksChatApi.Responses, ThrowOnServicePolicyDenial = true });
        List<ChatResponseUpdate> updates = [];

        await Assert.ThrowsAsync<DatabricksServingException>(async () =>
        {
            await foreach (var update in chat.GetStreamingResponseAsync(Some.Question()))
            {
                updates.Add(update);
            }
        });

        Assert.Equal("Half an answer. ", string.Concat(updates.Select(update => update.Text)));
    }

    private IChatClient Chat(bool throws) => new DatabricksServingClient(
        new DatabricksServingOptions
        {
            Host = _emulator.Host,
            Credential = DatabricksCredential.FromToken(_emulator.Token),
            Chat = { Api = DatabricksChatApi.Responses, ThrowOnServicePolicyDenial = throws },
        },
        new IsolatedPlatform(TimeProvider.System)).GetChatClient(Service);
}
