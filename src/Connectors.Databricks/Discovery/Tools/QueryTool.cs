using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary><c>query_endpoint</c>: sends a question to the model of another endpoint.</summary>
internal sealed class QueryTool(Func<string, IChatClient> openChat, ToolContext context) : EndpointTool(
    "query_endpoint",
    "Sends one question to the model of a chat endpoint and returns its answer. The model receives only the question: include " +
    "everything that it needs.",
    """
    {"type":"object","properties":{"name":{"type":"string","description":"The exact name of the endpoint"},
    "question":{"type":"string","description":"What to ask"},
    "max_tokens":{"type":"integer","description":"The maximum number of output tokens, 1000 by default"}},"required":["name","question"]}
    """,
    context)
{
    private const int UsualTokens = 1_000;

    // The length of the members next to the response, and of the note when it is truncated.
    private const int OtherMembers = 150;

    protected override async Task<JsonElement> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var (name, question) = (arguments.EndpointName(), arguments.Required("question", int.MaxValue));
        var options = new ChatOptions { MaxOutputTokens = arguments.Number("max_tokens") is > 0 and var given ? given : UsualTokens };
        var response = await openChat(name).GetResponseAsync([new(ChatRole.User, question)], options,
            cancellationToken).ConfigureAwait(false);
        return Write(writer =>
        {
            writer.WriteString("answer"u8, ToolJson.Shorten(response.Text, Context.MaxResultLength - OtherMembers));
            if (response.FinishReason == ChatFinishReason.Length)
            {
                writer.WriteString("note"u8, "The response is truncated: it reached max_tokens.");
            }
        });
    }
}
