using System.Text;

namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>A stream of the Responses API, as the gateway and OpenAI models send it (serving reference §8.3).</summary>
internal static class ResponsesReplies
{
    private const string Item = "msg_01c6f2a87b9d4e53a1f0c2d4";

    /// <summary>A message of a number of deltas; each event has its name in a line of its own, and its type in the JSON.</summary>
    public static byte[] Stream(int deltas)
    {
        var text = new StringBuilder();
        Append(text, "response.created", $$"""{"type":"response.created","response":{{Response("in_progress", "", "null")}},"sequence_number":0}""");
        Append(
            text, "response.output_item.added",
            $$"""{"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"{{Item}}","role":"assistant","status":"in_progress","content":[]},"sequence_number":1}""");
        var said = new StringBuilder();
        for (var i = 0; i < deltas; i++)
        {
            said.Append(Replies.Word(i));
            Append(
                text, "response.output_text.delta",
                $$"""{"type":"response.output_text.delta","item_id":"{{Item}}","output_index":0,"content_index":0,"delta":"{{Replies.Word(i)}}","sequence_number":{{i + 2}}}""");
        }

        var message = $$"""{"type":"message","id":"{{Item}}","role":"assistant","status":"completed","content":[{"type":"output_text","text":"{{said}}","annotations":[]}]}""";
        Append(
            text, "response.output_item.done",
            $$"""{"type":"response.output_item.done","output_index":0,"item":{{message}},"sequence_number":{{deltas + 2}}}""");
        var usage = $$"""{"input_tokens":14,"output_tokens":{{deltas}},"total_tokens":{{deltas + 14}}}""";
        var whole = Response("completed", message, usage);
        Append(
            text, "response.completed", $$"""{"type":"response.completed","response":{{whole}},"sequence_number":{{deltas + 3}}}""");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Response(string status, string output, string usage) =>
        $$"""{"id":"resp_a7f3","object":"response","created_at":1790000001,"status":"{{status}}","model":"gpt-5-2-2025-12-11","output":[{{output}}],"usage":{{usage}},"error":null,"incomplete_details":null}""";

    private static void Append(StringBuilder text, string name, string data) =>
        text.Append("event: ").Append(name).Append("\ndata: ").Append(data).Append("\n\n");
}
