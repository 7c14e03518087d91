using System.Text.Json;
using Connectors.Databricks.Chat.Completions.Requests;
using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>Writes the tools on offer and how they may be used.</summary>
internal static class ToolsToWire
{
    private const string Parallel = "parallel_tool_calls";

    public static void Write(RequestDocument body, ChatRequest request, ChatOptions options)
    {
        if (request.WithholdsTools)
        {
            request.Note("tools", "left out, because none may be called");
        }
        else if (options.Tools is { Count: > 0 })
        {
            WriteTools(body, request, options);
        }

        var anyTools = request.OffersTools;
        WriteChoice(body, request, options, anyTools);
        if (request.DeclaresPlaceholderTool)
        {
            PlaceholderTool.Write(body, request);
            return;
        }

        // Only next to tools: elsewhere the field is refused.
        if (anyTools && options.AllowMultipleToolCalls is { } allow && !body.BaseHas(Parallel) &&
            !request.LeavesOut(Parallel, affectsAnswer: !allow) && body.Begins(Parallel))
        {
            body.Writer.WriteBooleanValue(allow);
        }
    }

    private static void WriteTools(RequestDocument body, ChatRequest request, ChatOptions options)
    {
        body.BeginArray("tools");
        var tools = options.Tools!;
        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i] is not AIFunctionDeclaration function)
            {
                throw new NotSupportedException(
                    $"ChatOptions.Tools holds a {tools[i]?.GetType().Name ?? "null"}, which the chat surface of Databricks Model Serving cannot carry. " +
                    "Use an AIFunction or another AIFunctionDeclaration.");
            }

            WriteFunction(body.Writer, request, function, CacheControl.OnTool(request, function, isLast: i == tools.Count - 1));
        }

        body.Writer.WriteEndArray();
    }

    private static void WriteFunction(Utf8JsonWriter writer, ChatRequest request, AIFunctionDeclaration function, CacheControl cacheControl)
    {
        var isStrict = StrictOption.In(function.AdditionalProperties, request.Options!.AdditionalProperties);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        writer.WriteString("name"u8, function.Name);
        writer.WriteString("description"u8, function.Description);
        writer.WritePropertyName("parameters"u8);

        // Where the model does not take the field, the closed schema still says what was meant.
        ParametersToWire.Write(writer, request, function, isStrict);
        if (isStrict && request.Model.Tools.SupportsStrict)
        {
            writer.WriteBoolean("strict"u8, true);
        }
        else if (isStrict)
        {
            request.Note("tools.strict", ParameterCorrection.LeftOut, affectsAnswer: true);
        }

        cacheControl.Write(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteChoice(RequestDocument body, ChatRequest request, ChatOptions options, bool anyTools)
    {
        switch (options.ToolMode)
        {
            case null:
                break;
            case RequiredChatToolMode when !anyTools:
                throw OptionExceptions.Invalid("ChatOptions.ToolMode requires a tool call, but ChatOptions.Tools offers no tool.");
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                WriteNamedChoice(body, options, name);
                break;
            case var mode when anyTools:
                WriteWordChoice(body, request, mode);
                break;
        }
    }

    private static void WriteWordChoice(RequestDocument body, ChatRequest request, ChatToolMode mode)
    {
        if (mode is NoneChatToolMode && !request.Model.Tools.SupportsNoneChoice)
        {
            // The tools are in the caller's JSON, so they stay.
            request.Note("tool_choice", ParameterCorrection.LeftOut, affectsAnswer: true);
            return;
        }

        var word = mode switch
        {
            AutoChatToolMode => "auto",
            NoneChatToolMode => "none",
            RequiredChatToolMode => "required",
            _ => throw new NotSupportedException($"ChatOptions.ToolMode is a {mode.GetType().Name}, which this surface cannot carry."),
        };
        if (body.Begins("tool_choice"))
        {
            body.Writer.WriteStringValue(word);
        }
    }

    private static void WriteNamedChoice(RequestDocument body, ChatOptions options, string name)
    {
        // Tools from the base document or from additional properties are the caller's own affair: only ours can be checked.
        if (options.Tools is { Count: > 0 } tools && !body.BaseHas("tools") && tools.All(tool => tool.Name != name))
        {
            throw OptionExceptions.Invalid(
                $"ChatOptions.ToolMode requires the tool '{name}', which is not among ChatOptions.Tools: " +
                $"{string.Join(", ", tools.Select(tool => tool.Name))}.");
        }

        if (body.Begins("tool_choice"))
        {
            body.Writer.WriteStartObject();
            body.Writer.WriteString("type"u8, "function"u8);
            body.Writer.WriteStartObject("function"u8);
            body.Writer.WriteString("name"u8, name);
            body.Writer.WriteEndObject();
            body.Writer.WriteEndObject();
        }
    }
}
