using System.Globalization;
using System.Text.RegularExpressions;
using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks.Models.Corrections;

/// <summary>
/// Reads the errors about tools and their schemas, in the wording of each host (serving reference §3.10).
/// </summary>
internal static partial class ToolRejections
{
    /// <summary>Returns the correction of a rejected tool name or schema, or null when the message reports neither.</summary>
    public static ParameterCorrection? Parse(string message) => message switch
    {
        _ when GoogleName().IsMatch(message) => ParameterCorrection.UseToolNames(ToolNaming.Google, message),
        _ when OtherName().IsMatch(message) => ParameterCorrection.UseToolNames(ToolNaming.OpenAI, message),
        _ when GoogleSchema().IsMatch(message) => ParameterCorrection.UseSchemas(SchemaDialect.Google, "Google dialect", message),
        _ when AnthropicSchema().IsMatch(message) =>
            ParameterCorrection.UseSchemas(SchemaDialect.Anthropic, "Anthropic dialect", message),
        _ when OpenAISchema().IsMatch(message) => ParameterCorrection.UseSchemas(SchemaDialect.OpenAI, "OpenAI dialect", message),
        _ when HostedSchema().IsMatch(message) =>
            ParameterCorrection.UseSchemas(SchemaDialect.Plain, "dialect of models that Databricks hosts", message),
        _ => null,
    };

    /// <summary>Whether a message reports the name of a tool.</summary>
    public static bool IsName(string message) => GoogleName().IsMatch(message) || OtherName().IsMatch(message);

    /// <summary>Whether a message reports the schema of a tool.</summary>
    public static bool IsSchema(string message) => ToolSchema().IsMatch(message);

    /// <summary>Returns the tool that a message names, by its name or by its index among the tools of the request.</summary>
    public static (string? Name, int? Index) Find(string message)
    {
        if (NamedTool().Match(message) is { Success: true } named)
        {
            return (named.Groups["name"].Value, null);
        }

        if (IndexedTool().Match(message) is not { Success: true } match)
        {
            return default;
        }

        // Amazon Bedrock counts from one.
        var isBedrock = match.Groups["bedrock"].Success;
        var digits = isBedrock ? match.Groups["bedrock"].ValueSpan : match.Groups["index"].ValueSpan;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && (!isBedrock || index > 0)
            ? (null, isBedrock ? index - 1 : index)
            : default;
    }

    [GeneratedRegex("Invalid function name", RegexOptions.IgnoreCase)]
    private static partial Regex GoogleName();

    // OpenAI: Invalid 'tools[0].function.name': string does not match pattern; also of 'messages[9].tool_calls[0].function.name'
    // Bedrock: Value '…' at 'toolConfig.tools.22.member.toolSpec.name' failed to satisfy constraint
    // Anthropic: tools.18.custom.name: String should have at most 128 characters
    [GeneratedRegex(
        """
        Invalid\ '[^']*(?:function|tool_choice|(?:tools|input)\[\d+\])\.name':
        | (?:toolSpec|toolUse|toolChoice\.tool)\.name'\ failed\ to\ satisfy\ constraint
        | (?:tools\.\d+\.(?:custom\.|function\.)?|tool_use\.|tool_choice\.)name:\ String\ should
        | length\ of\ the\ tool\ name\ cannot\ exceed
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OtherName();

    // AI Studio: Unknown name "$schema" at 'tools[0].function_declarations[0].parameters'; Invalid value at '….response_schema…';
    // * GenerateContentRequest.tools[0].function_declarations[9].parameters.required[0]: property is not defined
    // Vertex: Unable to submit request because `f` functionDeclaration `parameters.a` schema specified other fields alongside any_of
    [GeneratedRegex(
        """
        (?:Unknown\ name\ "[^"]+"|Invalid\ value)\ at\ '[^']*(?:function_declarations\[\d+\]\.parameters|response_schema)
        | (?:function_declarations\[\d+\]\.parameters|response_schema)[^\s']*:[ ]
        | \bparameters\.\S*:\ (?:property\ is\ not\ defined|missing\ field|cannot\ be\ empty|only\ allowed\ for|should\ be\ non-empty)
        | functionDeclaration\b.{0,200}\bschema\b
        | are\ not\ defined\ in\ the\ schema\ properties
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex GoogleSchema();

    // tools.3.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level; … JSON schema is invalid. It must
    // match JSON Schema draft 2020-12; ….input_schema.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'
    [GeneratedRegex(
        """
        does\ not\ support\ oneOf,\ allOf,\ or\ anyOf\ at\ the\ top\ level | must\ match\ JSON\ Schema\ draft\ 2020-12
        | property\ keys\ should\ match\ pattern
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AnthropicSchema();

    // Invalid schema for function 'f': schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level
    [GeneratedRegex("array schema missing items|must have type 'object' and not have", RegexOptions.IgnoreCase)]
    private static partial Regex OpenAISchema();

    [GeneratedRegex("Invalid JSON schema - the .{1,40} keyword is not supported", RegexOptions.IgnoreCase)]
    private static partial Regex HostedSchema();

    [GeneratedRegex(
        """
        function_declarations\[\d+\]\.parameters | functionDeclaration\b | input_schema | Invalid\ schema\ for\ function
        | defined\ in\ the\ schema\ properties | Invalid\ JSON\ schema | \binputSchema\b | tools\[\d+\]\.(?:function\.)?parameters
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ToolSchema();

    [GeneratedRegex(
        """
        (?:Invalid\ schema\ for\ function\ '|because\ `?)(?<name>[\w.:-]+)(?:'|`?\ functionDeclaration\b)
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NamedTool();

    [GeneratedRegex(
        """
        function_declarations\[(?<index>\d{1,6})\] | toolConfig\.tools\.(?<bedrock>\d{1,6})\.member
        | \btools(?:\.(?<index>\d{1,6})\.|\[(?<index>\d{1,6})\]\.(?!function_declarations))
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex IndexedTool();
}
