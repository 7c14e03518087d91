namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>Events that more than one test needs, as models and agents send them.</summary>
internal static class ResponsesEvents
{
    public const string Created =
        """{"type":"response.created","response":{"id":"resp_1","object":"response","created_at":1790000000,"status":"in_progress","model":"some-model","output":[],"error":null}}""";

    public const string Message = """{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hello","annotations":[]}]}""";

    public const string Completed =
        """{"type":"response.completed","response":{"id":"resp_1","object":"response","created_at":1790000000,"status":"completed","model":"some-model","output":[],"usage":{"input_tokens":8,"output_tokens":2,"total_tokens":10},"error":null,"incomplete_details":null}}""";

    public const string Call = """{"type":"function_call","id":"fc_1","call_id":"call_1","name":"get_weather","arguments":"{\"city\":\"Oslo\"}","status":"completed"}""";

    public static string TextDelta(string delta, string id = "msg_1", int index = 0) =>
        $$"""{"type":"response.output_text.delta","item_id":"{{id}}","output_index":{{index}},"content_index":0,"delta":"{{delta}}"}""";

    /// <summary>A delta as agents on MLflow send it: without indexes.</summary>
    public static string AgentDelta(string delta, string id = "msg_1") =>
        $$"""{"type":"response.output_text.delta","item_id":"{{id}}","delta":"{{delta}}"}""";

    public static string Added(string item, int index = 0) =>
        $$"""{"type":"response.output_item.added","output_index":{{index}},"item":{{item}}}""";

    public static string Done(string item, int index = 0) =>
        $$"""{"type":"response.output_item.done","output_index":{{index}},"item":{{item}}}""";

    public static string AgentDone(string item) => $$"""{"type":"response.output_item.done","item":{{item}}}""";

    public static string CompletedWith(params string[] items) =>
        Completed.Replace("\"output\":[]", $"\"output\":[{string.Join(',', items)}]", StringComparison.Ordinal);

    /// <summary>A whole response with these items.</summary>
    public static string Document(params string[] items) =>
        $$"""{"id":"resp_1","object":"response","created_at":1790000000,"status":"completed","model":"some-model","output":[{{string.Join(',', items)}}],"usage":{"input_tokens":8,"output_tokens":2,"total_tokens":10},"error":null,"incomplete_details":null}""";
}
