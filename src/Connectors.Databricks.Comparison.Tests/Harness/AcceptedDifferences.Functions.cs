using System.Text.Json.Nodes;

namespace Connectors.Databricks.Comparison.Tests.Harness;

// Functions, their calls and their results.
internal static partial class AcceptedDifferences
{
    public static AcceptedDifference Placeholder { get; } = new(
        "Function choice without functions, as after `Required`", "A placeholder function and `tool_choice: none`",
        "No functions, unless the model requires the placeholder",
        "requests#.(tools|tool_choice)", one => one.Databricks is null);

    public static AcceptedDifference NoStrict { get; } = new(
        "Function without a strict schema", "`strict: false`", "`strict` is omitted",
        "requests#.tools#.function.strict", one => one is { OpenAI: "false", Databricks: null });

    public static AcceptedDifference StrictDictionary { get; } = new(
        "Strict schema of a function with a dictionary", "`strict: true`; the dictionary is closed and has no entries",
        "`strict` is omitted; the schema is as declared",
        "requests#.tools#.function.(strict|parameters.*additionalProperties)",
        one => one is { OpenAI: "true", Databricks: null } or { OpenAI: "false" });

    public static AcceptedDifference NoRequired { get; } = new(
        "Function without parameters", "`required: []` in its schema", "`required` is omitted",
        "requests#.tools#.function.parameters.required", one => one is { OpenAI: "[]", Databricks: null });

    public static AcceptedDifference RequiredFunction { get; } = new(
        "`ToolCallBehavior.RequireFunction`", "`tool_choice` names the function", "`tool_choice: required` with that function alone",
        "requests#.tool_choice", one => one is { OpenAI: not null, Databricks: "\"required\"" });

    public static AcceptedDifference RecursiveType { get; } = new(
        "Recursive type of a parameter", "`$ref: #`, which is the schema of all parameters", "`$ref` to the schema of the type",
        @"requests#.tools#.function.parameters.*\.\$ref", one => one.OpenAI is "\"#\"");

    public static AcceptedDifference ClosedSchema { get; } = new(
        "Schema of a function of a chat client", "`additionalProperties: false` is added", "As declared",
        "requests#.tools#.function.parameters.additionalProperties", one => one is { OpenAI: "false", Databricks: null });

    public static AcceptedDifference DefaultToolChoice { get; } = new(
        "Functions of a chat client without a `ToolMode`", "`tool_choice: auto`", "`tool_choice` is omitted",
        "requests#.tool_choice", one => one is { OpenAI: "\"auto\"", Databricks: null });

    public static AcceptedDifference NoTextWithCalls { get; } = new(
        "Assistant message with calls and no text", "`content` is empty or omitted", "`content` is `null`",
        "requests#.messages#.content", one => one is { OpenAI: "\"\"" or null, Databricks: "null" });

    public static AcceptedDifference NameAsDeclared { get; } = new(
        "Function name with different casing", "As the model wrote it", "As declared",
        "(result.History#.Items#|requests#.messages#.tool_calls#).*[nN]ame",
        one => string.Equals(one.OpenAI, one.Databricks, StringComparison.OrdinalIgnoreCase));

    public static AcceptedDifference CallWithoutId { get; } = new(
        "Call without an id", "`Id` is `null`: no result can refer to it", "A generated id",
        "result.*Items#.Id", one => one.OpenAI is "null" && one.Databricks is not "null");

    public static AcceptedDifference NoArguments { get; } = new(
        "Empty arguments", "Invalid JSON: the function is not invoked", "No arguments: the function is invoked",
        "result.History#.*|requests#.messages#.(content|tool_calls#.function.arguments)");

    public static AcceptedDifference NullArguments { get; } = new(
        "Simulated call without arguments", "`null`", "An empty object",
        "requests#.messages#.tool_calls#.function.arguments", one => one is { OpenAI: "null", Databricks: "{}" });

    public static AcceptedDifference InvalidArguments { get; } = new(
        "Arguments that are not a JSON object, in the next request", "As the model wrote them", "An object with `invalid_arguments`",
        "requests#.messages#.tool_calls#.function.arguments",
        one => one.Databricks!.StartsWith("{\"invalid_arguments\"", StringComparison.Ordinal))
    { Api = DatabricksChatApi.ChatCompletions };

    public static AcceptedDifference ArgumentTypes { get; } = new(
        "Numbers and nested values in the arguments of an earlier call",
        "Strings, once the history was saved or when the app builds them from a stream",
        "As the model wrote them; strings if the OpenAI connector received the call",
        "requests#.messages#.tool_calls#.function.arguments.*", one => JsonNode.DeepEquals(Typed(one.OpenAI), Typed(one.Databricks)));

    public static AcceptedDifference ChangedArguments { get; } = new(
        "Arguments that a filter replaces, in the next request", "As the model wrote them", "As replaced",
        "requests#.messages#.tool_calls#.function.arguments.*");

    public static AcceptedDifference EmptyResult { get; } = new(
        "Empty result of a function", "An empty string", "Two quotation marks",
        "requests#.messages#.content", one => one is { OpenAI: "\"\"" } && Text(one.Databricks) == "\"\"");

    public static AcceptedDifference ImageResult { get; } = new(
        "`ImageContent` as the result of a function", "An error for the model", "The image, in a user message after the results",
        "requests#.messages#(.content)?",
        one => IsMessage(one.Databricks, "user") || Text(one.OpenAI).Contains("does not support image", StringComparison.Ordinal));

    public static AcceptedDifference UnserializableResult { get; } = new(
        "Result of a function that cannot be serialized", "`JsonException`", "An error for the model", "result.Type|requests#.messages#.*");

    public static AcceptedDifference ResultFromJson { get; } = new(
        "Text result of a function as a JSON value, as in saved histories", "Quoted as JSON once more", "Unchanged",
        "requests#.messages#.content", one => Text(one.OpenAI) is ['"', ..] quoted && Text(quoted) == Text(one.Databricks));

    public static AcceptedDifference StreamedCallMessage { get; } = new(
        "Message with the calls of a stream, in the history", "An empty text; the metadata of the last update",
        "No text; the metadata of the complete response",
        "result.*History#.(Content|FinishReason|Items#)", one => one is
            { OpenAI: "\"\"", Databricks: "null" } or
            { OpenAI: "null", Databricks: "\"ToolCalls\"" } or
            { OpenAI: "{\"Text\":\"\"}", Databricks: null });

    public static AcceptedDifference StreamedArguments { get; } = new(
        "Nested arguments of a streamed call, in the updates", "With the model's whitespace", "Without whitespace",
        "result.Updates.Calls#.Arguments.*", one => JsonNode.DeepEquals(Json(Text(one.OpenAI)), Json(Text(one.Databricks))));
}
