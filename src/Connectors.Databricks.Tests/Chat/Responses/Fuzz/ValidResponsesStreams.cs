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
        ["refusal"] =
        [
            """{"type":"response.queued","response":{"id":"resp_1","status":"queued","output":[]}}""", Created,
            Added("""{"type":"message","id":"msg_1","role":"assistant","content":[]}"""),
            """{"type":"response.content_part.added","item_id":"msg_1","output_index":0,"content_index":0,"part":{"type":"refusal","refusal":""}}""",
            """{"type":"response.refusal.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"Ich kann "}""",
            """{"type":"response.refusal.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"das nicht, Grüße."}""",
            """{"type":"response.refusal.done","item_id":"msg_1","output_index":0,"content_index":0,"refusal":"Ich kann das nicht, Grüße."}""",
            Done("""{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"refusal","refusal":"Ich kann das nicht, Grüße."}]}"""),
            """{"type":"response.incomplete","response":{"id":"resp_1","status":"incomplete","output":[],"incomplete_details":{"reason":"content_filter"},"usage":{"input_tokens":8,"output_tokens":2}}}""",
        ],
        ["annotations"] =
        [
            Created, TextDelta("Grüße "),
            """{"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":0,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","url":"https://example.com/é","title":"Té","start_index":0,"end_index":5}}""",
            TextDelta("東京 🗼"),
            Done("""{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Grüße 東京 🗼","annotations":[{"type":"url_citation","url":"https://example.com/é","title":"Té","start_index":0,"end_index":5}]}]}"""),
            Completed,
        ],
        ["reasoning-text"] =
        [
            Created, """{"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}""",
            """{"type":"response.reasoning_summary_part.done","item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"Té"}}""",
            Done(Reasoning),
            """{"type":"response.reasoning_text.delta","item_id":"rs_2","output_index":1,"content_index":0,"delta":"Denk "}""",
            """{"type":"response.reasoning_text.delta","item_id":"rs_2","output_index":1,"content_index":0,"delta":"nach 🗼"}""",
            """{"type":"response.reasoning_text.done","item_id":"rs_2","output_index":1,"content_index":0,"text":"Denk nach 🗼"}""",
            Done("""{"type":"reasoning","id":"rs_2","summary":[],"content":[{"type":"reasoning_text","text":"Denk nach 🗼"}],"encrypted_content":"é"}""", 1),
            """{"type":"response.incomplete","response":{"id":"resp_1","status":"incomplete","output":[],"incomplete_details":{"reason":"max_output_tokens"},"usage":{"input_tokens":8,"output_tokens":2}}}""",
        ],
        ["whole-arguments-calls"] =
        [
            Created, Added("""{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f"}"""),
            """{"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":0,"name":"f","arguments":"{\"x\":\"é\"}"}""",
            TextDelta("Moment.", index: 1), Completed,
        ],
        ["tool-output-calls"] =
        [
            AgentDone("""{"type":"function_call","id":"__fake_id__","call_id":"call_1","name":"f","arguments":"{}"}"""),
            """{"type":"function_call_output","call_id":"call_1","output":"東京"}""", AgentDelta("Grüße", "__fake_id__"),
            AgentDone("""{"type":"message","id":"__fake_id__","role":"assistant","content":[{"type":"output_text","text":"Grüße"}]}"""),
            """{"type":"responses.completed","response":{"output":[],"custom_outputs":{"a":1}},"databricks_output":{"trace":{"info":{"trace_id":"tr-1"}}}}""",
        ],
        ["approval-calls"] =
        [
            Created, Done("""{"type":"mcp_list_tools","id":"mcpl_1","server_label":"files","tools":[]}"""),
            """{"type":"response.mcp_call_arguments.delta","item_id":"mcp_1","output_index":1,"delta":"{\"é\":1}"}""",
            Done("""{"type":"mcp_approval_request","id":"mcpr_1","name":"delete_file","arguments":"{\"path\":\"é\"}","server_label":"files"}""", 1),
            TextDelta("Grüße", index: 2), Completed,
        ],
        ["image"] =
        [
            Created, """{"type":"response.image_generation_call.partial_image","item_id":"ig_1","output_index":0,"partial_image_b64":"AQID"}""",
            Done("""{"type":"image_generation_call","id":"ig_1","status":"completed","result":"AQID"}"""), TextDelta("Grüße", index: 1),
            Completed,
        ],
    };

    /// <summary>Streams that report an error: what follows does not undo it.</summary>
    private static readonly Dictionary<string, string[]> Failing = new(StringComparer.Ordinal)
    {
        ["error-then-completed"] =
        [
            Created, TextDelta("Grüße"), """{"type":"error","code":"oauth","message":"Log in to connection 'é': https://example.com/é"}""",
            Completed,
        ],
        ["response-error"] = [AgentDelta("Grüße"), """{"type":"response.error","message":"Nein, é."}""", "[DONE]"],
        ["bare-error"] = [AgentDelta("Grüße"), """{"error":"Nein, é."}""", "[DONE]"],
        ["failed"] =
        [
            Created, """{"type":"response.failed","response":{"id":"resp_1","status":"failed","output":[],"error":{"code":"server_error","message":"Nein, é."}}}""",
        ],
    };

    /// <summary>The data of every event of every writer.</summary>
    public static IEnumerable<string> AllEvents => Writers.Values.Concat(Failing.Values).SelectMany(items => items);

    /// <summary>Every stream, also those that report an error.</summary>
    public static TheoryData<string, string, bool> All()
    {
        var data = Names();
        foreach (var writer in Failing.Keys)
        {
            data.Add(writer, "\n", false);
            data.Add(writer, "\r\n", true);
        }

        return data;
    }

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
        foreach (var item in Writers.GetValueOrDefault(writer) ?? Failing[writer])
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
