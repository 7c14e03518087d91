using System.Text.Json;
using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// Writes the tools and the tool choice; the members of a function are nested in chat completions, and flat in Responses.
/// </summary>
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

        // Only with tools: without them, the parameter is rejected.
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
                    $"ChatOptions.Tools contains a {tools[i]?.GetType().Name ?? "null"}, " +
                    "which chat of Databricks Model Serving does not support. " +
                    "Use an AIFunction or another AIFunctionDeclaration.");
            }

            WriteFunction(body.Writer, request, function, CacheControl.OnTool(request, function, isLast: i == tools.Count - 1));
        }

        body.Writer.WriteEndArray();
    }

    private static void WriteFunction(Utf8JsonWriter writer, ChatRequest request, AIFunctionDeclaration function, CacheControl cacheControl)
    {
        var isStrict = ShapedSchemas.IsStrict(
            request, function, StrictOption.In(function.AdditionalProperties, request.Options!.AdditionalProperties));
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function"u8);
        BeginFunction(writer, request);
        request.ToolNames?.Report(request, function.Name);
        writer.WriteString("name"u8, ToolNames.OnWire(request, function.Name));
        writer.WriteString("description"u8, function.Description);
        writer.WritePropertyName("parameters"u8);

        // If the model does not support strict mode, the closed schema still applies.
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
        EndFunction(writer, request);
        writer.WriteEndObject();
    }

    /// <summary>Begins the members of a function.</summary>
    public static void BeginFunction(Utf8JsonWriter writer, ChatRequest request)
    {
        if (!request.UsesResponses)
        {
            writer.WriteStartObject("function"u8);
        }
    }

    /// <summary>Ends the members of a function.</summary>
    public static void EndFunction(Utf8JsonWriter writer, ChatRequest request)
    {
        if (!request.UsesResponses)
        {
            writer.WriteEndObject();
        }
    }

    private static void WriteChoice(RequestDocument body, ChatRequest request, ChatOptions options, bool anyTools)
    {
        switch (options.ToolMode)
        {
            case null:
                break;
            case RequiredChatToolMode when !anyTools:
                throw OptionExceptions.Invalid("ChatOptions.ToolMode requires a tool call, but ChatOptions.Tools contains no tool.");
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                WriteNamedChoice(body, request, options, name);
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
            // Tools in JSON of the caller are sent unchanged.
            request.Note("tool_choice", ParameterCorrection.LeftOut, affectsAnswer: true);
            return;
        }

        var word = mode switch
        {
            AutoChatToolMode => "auto",
            NoneChatToolMode => "none",
            RequiredChatToolMode => "required",
            _ => throw new NotSupportedException(
                $"ChatOptions.ToolMode is a {mode.GetType().Name}, which chat of Databricks Model Serving does not support."),
        };
        if (body.Begins("tool_choice"))
        {
            body.Writer.WriteStringValue(word);
        }
    }

    private static void WriteNamedChoice(RequestDocument body, ChatRequest request, ChatOptions options, string name)
    {
        // Tools of the base document and of AdditionalProperties are not validated.
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
            BeginFunction(body.Writer, request);
            body.Writer.WriteString("name"u8, ToolNames.OnWire(request, name));
            EndFunction(body.Writer, request);
            body.Writer.WriteEndObject();
        }
    }
}
