using System.Text;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Fuzz;

/// <summary>One whole stream of each writer (serving reference §8.3), with text that UTF-8 writes in one to four bytes.</summary>
internal static class ValidResponsesStreams
{
    private const string Text = """{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Grüße 東京 🗼","annotations":[]}]}""";

    private const string Reasoning = """{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Té"}],"encrypted_content":"Eq+/=="}""";

    private static readonly Dictionary<string, string[]> Writers = new(StringComparer.Ordinal)
    {
        ["openai"] =
        [
            Created, """{"type":"response.in_progress","response":{"id":"resp_1","status":"in_progress","output":[]}}""",
            Added("""{"type":"reasoning","id":"rs_1","summary":[]}"""),
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Té"}""",
            """{"type":"response.reasoning_summary_text.done","item_id":"rs_1","output_index":0,"summary_index":0,"text":"Té"}""",
            Done(Reasoning), Added("""{"type":"message","id":"msg_1","role":"assistant","content":[]}""", 1),
            TextDelta("Grüße ", index: 1), TextDelta("東京 🗼", index: 1),
            """{"type":"response.output_text.done","item_id":"msg_1","output_index":1,"content_index":0,"text":"Grüße 東京 🗼"}""",
            """{"type":"response.content_part.done","item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"Grüße 東京 🗼","annotations":[]}}""",
            Done(Text, 1), CompletedWith(Reasoning, Text),
        ],
        ["agent"] = [AgentDelta("Grüße "), AgentDelta("東京 🗼"), AgentDone(Text), """{"trace_id":"tr-1"}""", "[DONE]"],
        ["whole-items"] = [AgentDone(Reasoning), AgentDone(Text), Completed],
        ["only-deltas"] = [Created, TextDelta("Blau"), TextDelta(" \\ud83d\\ude00"), Completed],
        ["qwen"] =
        [
            Created, """{"type":"response.reasoning.delta","item_id":"rs_1","output_index":0,"content_index":0,"delta":"Denk nach."}""",
            Done("""{"type":"message","id":"rs_1","role":"assistant","content":[{"type":"reasoning_text","text":"Denk nach."}]}"""),
            TextDelta("Grüße 東京 🗼", index: 1), Done(Text, 1), Completed,
        ],
        ["two-cycles"] =
        [
            Created, TextDelta("Moment. ", "msg_0"), Completed, Created, TextDelta("Grüße "), TextDelta("東京 🗼"), CompletedWith(Text),
        ],
        ["tool-calls"] =
        [
            Created, TextDelta("Moment."),
            Added("""{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":""}""", 1),
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":1,"delta":"{\"x\":\"é\"}"}""",
            Done("""{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{\"x\":\"é\"}"}""", 1),
            Done("""{"type":"function_call_output","call_id":"call_1","output":"ok"}""", 2), Completed,
        ],
    };

    public static TheoryData<string, string, bool> Names()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var writer in Writers.Keys)
        {
            data.Add(writer, "\n", false);
            data.Add(writer, "\r\n", true);
        }

        return data;
    }

    /// <param name="writer">The writer.</param>
    /// <param name="lineEnd">What ends a line.</param>
    /// <param name="isNamed">Whether events have a name in place of their type.</param>
    public static byte[] Bytes(string writer, string lineEnd, bool isNamed)
    {
        var stream = new StringBuilder().Append(": open").Append(lineEnd).Append(lineEnd);
        foreach (var item in Writers[writer])
        {
            var data = item;
            var start = item.IndexOf("{\"type\":\"", StringComparison.Ordinal);
            if (isNamed && start == 0)
            {
                var type = item[9..item.IndexOf('"', 9)];
                data = "{" + item[(9 + type.Length + 1)..].TrimStart(',');
                stream.Append("event: ").Append(type).Append(lineEnd);
            }

            stream.Append("data: ").Append(data).Append(lineEnd).Append(lineEnd);
        }

        return Encoding.UTF8.GetBytes(stream.ToString());
    }
}
