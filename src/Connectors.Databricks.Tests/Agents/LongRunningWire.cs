using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>Documents and events of LongRunningAgentServer, and a client of one.</summary>
internal static class LongRunningWire
{
    public const string RunId = "resp_1";

    public const string Done = "data: [DONE]\n\n";

    public static VerbatimService Started() =>
        new VerbatimService().Answers("""{"id":"resp_1","status":"in_progress","output":[]}""");

    public static async Task<ChatResponse> PollAsync(VerbatimService service)
    {
        var agent = Client(service);
        var started = await agent.GetResponseAsync(Some.Question(), AgentWorkspace.Background());
        return await agent.GetResponseAsync([], AgentWorkspace.Background(started.ContinuationToken));
    }

    public static string Delta(int number, string text) =>
        Event(number, $$"""{"type":"response.output_text.delta","item_id":"m1","delta":"{{text}}"}""");

    public static string Item(int number, string text) =>
        Event(number, $$"""{"type":"response.output_item.done","item":{{Message(number, text)}}}""");

    public static string Message(int number, string text) =>
        $$"""{"type":"message","id":"m{{number}}","role":"assistant","content":[{"type":"output_text","text":"{{text}}"}]}""";

    // As the server sends the events of a stored run.
    public static string Event(int number, string json) =>
        $"data: {json[..^1]},\"sequence_number\":{number},\"response_id\":\"{RunId}\"}}\n\n";

    // As an agent passes on those of a model.
    public static string Numbered(int number, string json) => $"data: {json[..^1]},\"sequence_number\":{number}}}\n\n";

    public static IChatClient Client(VerbatimService service, Action<DatabricksServingOptions>? configure = null) =>
        service.Client(options =>
        {
            options.Credential = DatabricksCredential.FromToken("some-oauth-token");
            configure?.Invoke(options);
        }).GetAgentClient(new Uri("https://my-agent.aws.databricksapps.com"));
}
