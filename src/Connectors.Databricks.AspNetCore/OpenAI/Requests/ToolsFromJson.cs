using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Requests;

/// <summary>Reads <c>tools</c>, <c>tool_choice</c> and <c>parallel_tool_calls</c>.</summary>
internal static class ToolsFromJson
{
    private const int MaxNameLength = 256;

    private static readonly JsonElement NoParameters = JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement;

    /// <param name="body">The body of the request.</param>
    /// <param name="isNested">Whether a function is nested in its tool, as in chat completions, and not in Responses.</param>
    /// <param name="options">Receives the tools.</param>
    /// <param name="limits">The limits of the request.</param>
    public static void Read(RequestValue body, bool isNested, ChatOptions options, RequestLimits limits)
    {
        options.AllowMultipleToolCalls = body.Flag("parallel_tool_calls");
        if (body.Find("tools") is { } tools)
        {
            options.Tools = [.. tools.Items(limits.MaxTools).Select(tool => Tool(tool, isNested))];
            options.Tools = options.Tools.Count > 0 ? options.Tools : null;
        }

        if (body.Find("tool_choice") is { } choice)
        {
            options.ToolMode = Mode(choice, isNested, options.Tools);
        }
    }

    private static RequestedTool Tool(RequestValue tool, bool isNested)
    {
        if (tool.AsObject().RequireText("type") != "function")
        {
            throw InvalidRequests.Unsupported("Only tools of type 'function' are supported.", tool.PathOf("type"));
        }

        var function = isNested ? tool.Require("function").AsObject() : tool;
        var schema = function.Find("parameters")?.AsObject().Element.Clone() ?? NoParameters;
        return new RequestedTool(
            Name(function), function.Text("description") ?? string.Empty, schema, function.Flag("strict") ?? false);
    }

    private static string Name(RequestValue function)
    {
        var name = function.RequireText("name");
        return name.Length <= MaxNameLength ? name : throw InvalidRequests.Invalid(
            $"Invalid '{function.PathOf("name")}': longer than {MaxNameLength} characters.", function.PathOf("name"));
    }

    private static ChatToolMode Mode(RequestValue choice, bool isNested, IList<AITool>? tools)
    {
        if (choice.IsText)
        {
            return choice.AsText() switch
            {
                "auto" => ChatToolMode.Auto,
                "none" => ChatToolMode.None,
                "required" when tools is null => throw InvalidRequests.Invalid("'tool_choice' requires 'tools'.", choice.Path),
                "required" => ChatToolMode.RequireAny,
                _ => throw choice.NotSupported(),
            };
        }

        if (choice.AsObject().RequireText("type") != "function")
        {
            throw choice.NotSupported();
        }

        var name = (isNested ? choice.Require("function").AsObject() : choice).RequireText("name");
        return tools?.Any(tool => tool.Name == name) is true ? ChatToolMode.RequireSpecific(name) : throw InvalidRequests.Invalid(
            $"'tool_choice' names a function that is not in 'tools'.", choice.Path);
    }
}
