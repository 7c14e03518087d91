using System.Text;
using Connectors.Databricks.Benchmarks.Contenders;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>Turns of a conversation over the Responses API: a question, reasoning, a text, a call, and its result.</summary>
internal static class ResponsesHistory
{
    public const string Model = "system.ai.kimi-k3";

    /// <summary>The output items of a turn.</summary>
    public const int ItemsOfTurn = 3;

    private static readonly string Encrypted = Convert.ToBase64String([.. Enumerable.Range(0, 600).Select(i => (byte)(i * 7))]);

    public static string Question(int turn) => $"Which tables of the catalog main were written to on day {turn}?";

    public static string Result(int turn) => $"three writes by the service principal nightly, versions {turn} to {turn + 3}";

    public static string CallId(int turn) => $"call_{turn:00000000}";

    public static string[] Items(int turn) =>
    [
        $$"""{"type":"reasoning","id":"rs_{{turn}}","summary":[{"type":"summary_text","text":"Writes of day {{turn}} are in the system tables, which list_writes reads."}],"encrypted_content":"{{Encrypted}}"}""",
        $$"""{"type":"message","id":"msg_{{turn}}","status":"completed","role":"assistant","content":[{"type":"output_text","text":"I will look at the audit log of day {{turn}}.\nIt has \"system.access.audit\" as its source.","annotations":[]}]}""",
        $$"""{"type":"function_call","id":"fc_{{turn}}","call_id":"{{CallId(turn)}}","name":"list_writes","arguments":"{\"table\":\"main.sales.orders\",\"day\":{{turn}}}","status":"completed"}""",
    ];

    /// <summary>The messages of an app after a number of turns, as the connector returned them.</summary>
    public static List<ChatMessage> Messages(int turns)
    {
        List<ChatMessage> messages = [];
        for (var turn = 0; turn < turns; turn++)
        {
            messages.Add(new(ChatRole.User, Question(turn)));
            using var http = new HttpClient(PreparedService.Whole(Encoding.UTF8.GetBytes(Document(turn, Items(turn)))));
            messages.AddMessages(Clients.ConnectorGatewayResponses(http).GetResponseAsync(messages).GetAwaiter().GetResult());
            messages.Add(new(ChatRole.Tool, [new FunctionResultContent(CallId(turn), Result(turn))]));
        }

        return messages;
    }

    /// <summary>The response after all turns.</summary>
    public static byte[] Answer() => Encoding.UTF8.GetBytes(Document(
        0, ["""{"type":"message","id":"msg_x","role":"assistant","content":[{"type":"output_text","text":"The job nightly wrote them."}]}"""]));

    private static string Document(int turn, string[] items) =>
        $$"""{"id":"resp_{{turn}}","object":"response","created_at":1790000001,"status":"completed","model":"kimi-k3","output":[{{string.Join(',', items)}}],"usage":{"input_tokens":14,"output_tokens":20,"total_tokens":34},"error":null,"incomplete_details":null}""";
}
