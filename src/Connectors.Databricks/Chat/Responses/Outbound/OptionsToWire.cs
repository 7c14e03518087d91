using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Writes the options of a request. Values that are invalid for every model throw, with the name of the option; what the API or the model
/// does not support is left out, and reported.
/// </summary>
internal static class OptionsToWire
{
    private const string OutputLimit = "max_output_tokens";

    private const string EncryptedReasoning = "reasoning.encrypted_content";

    /// <summary>The highest temperature of the API; Claude halves it (docs: Open Responses).</summary>
    private const float HighestTemperature = 2;

    public static void Write(RequestDocument body, ChatRequest request, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        WriteOutputLimit(body, request, options);
        var effort = Effort(body, request, messages, options);
        if (options is not null)
        {
            var thinks = effort is not (null or EffortNames.None);
            WriteSampling(body, new OptionFacts(request, messages, thinks), options);
            WriteUnsupported(request, options);
        }

        WriteReasoning(body, request, options, effort);
        if ((options ?? (request.DeclaresPlaceholderTool ? new ChatOptions() : null)) is { } effective)
        {
            ToolsToWire.Write(body, request, effective);
            ResponseFormatToWire.Write(body, request, effective);
        }
    }

    private static void WriteOutputLimit(RequestDocument body, ChatRequest request, ChatOptions? options)
    {
        var given = OptionExceptions.RequirePositive(options?.MaxOutputTokens, nameof(ChatOptions.MaxOutputTokens));
        if ((given is null || ChatParameters.SetsLimitInBase(request)) && !request.SetsInJson(OutputLimit) &&
            ChatParameters.OutputLimit(request) is { } json)
        {
            body.WriteGiven(OutputLimit, json, "AdditionalProperties[\"max_tokens\"]");
            return;
        }

        var fallback = given is null && !request.SetsInJson(OutputLimit) ? request.Model.DefaultMaxOutputTokens : null;
        if ((given ?? fallback) is not { } tokens)
        {
            return;
        }

        if (fallback is not null)
        {
            request.Note(OutputLimit, $"set to {fallback}", $"{request.Model.Name} stops early when it is unset");
        }

        if (tokens > request.Model.MaxOutputTokens)
        {
            request.Note(OutputLimit, $"lowered from {tokens} to {request.Model.MaxOutputTokens}", request.Endpoint.Reason("max_tokens"));
            tokens = request.Model.MaxOutputTokens.Value;
        }

        if (body.Begins(OutputLimit))
        {
            body.Writer.WriteNumberValue(tokens);
        }
    }

    private static void WriteSampling(RequestDocument body, OptionFacts facts, ChatOptions options)
    {
        var temperature = OptionExceptions.RequireNumber(options.Temperature, nameof(ChatOptions.Temperature), lowest: 0);
        if (temperature is not null && Begins(body, facts, "temperature"))
        {
            body.Writer.WriteNumberValue(Scaled(facts.Request, temperature.Value));
        }

        var topP = OptionExceptions.RequireNumber(options.TopP, nameof(ChatOptions.TopP), lowest: 0, highest: 1);
        if (topP is not null && Begins(body, facts, "top_p"))
        {
            body.Writer.WriteNumberValue(topP.Value);
        }
    }

    private static bool Begins(RequestDocument body, OptionFacts facts, string name) =>
        !body.BaseHas(name) && !facts.Request.LeavesOut(name) && !OptionRules.LeavesOut(name, facts) && body.Begins(name);

    // Claude takes 0 to 1; on this API the range is 0 to 2, and the value is halved.
    private static float Scaled(ChatRequest request, float temperature)
    {
        if (!request.IsShaped || request.Model.Family != DatabricksModelFamily.Claude)
        {
            return temperature;
        }

        var scaled = Math.Min(temperature * 2, HighestTemperature);
        request.Note(
            "temperature", string.Create(CultureInfo.InvariantCulture, $"sent as {scaled}"), "the Responses API halves it for Claude");
        return scaled;
    }

    private static void WriteUnsupported(ChatRequest request, ChatOptions options)
    {
        OptionExceptions.RequireStopSequences(options.StopSequences);
        LeaveOut("top_k", OptionExceptions.RequirePositive(options.TopK, nameof(ChatOptions.TopK)) is not null);
        LeaveOut(
            "frequency_penalty",
            OptionExceptions.RequireNumber(options.FrequencyPenalty, nameof(ChatOptions.FrequencyPenalty)) is not null);
        LeaveOut(
            "presence_penalty",
            OptionExceptions.RequireNumber(options.PresencePenalty, nameof(ChatOptions.PresencePenalty)) is not null);
        LeaveOut("seed", options.Seed is not null);
        LeaveOut("stop", options.StopSequences is { Count: > 0 });

        void LeaveOut(string name, bool isSet)
        {
            if (isSet)
            {
                UnsupportedOptions.LeaveOut(request, name);
            }
        }
    }

    private static void WriteReasoning(RequestDocument body, ChatRequest request, ChatOptions? options, string? effort)
    {
        var showsSummary = options?.Reasoning?.Output is ReasoningOutput.Summary or ReasoningOutput.Full &&
            request.Model.Family == DatabricksModelFamily.OpenAI && !request.LeavesOut(CorrectionParser.ReasoningSummary);
        if ((effort is not null || showsSummary) && body.BeginObject("reasoning") is { } members)
        {
            if (effort is not null && members.Add("effort"))
            {
                body.Writer.WriteString("effort"u8, effort);
            }

            if (showsSummary && members.Add("summary"))
            {
                body.Writer.WriteString("summary"u8, options!.Reasoning!.Output is ReasoningOutput.Full ? "detailed"u8 : "auto"u8);
            }

            body.EndObject(members, Additional(options, "reasoning"));
        }

        WriteInclude(body, request, options);
    }

    private static object? Additional(ChatOptions? options, string name) => options?.AdditionalProperties?.GetValueOrDefault(name);

    private static void WriteInclude(RequestDocument body, ChatRequest request, ChatOptions? options)
    {
        // Without state on the server, OpenAI models return their reasoning for the next turn only on request (serving reference §6).
        if (request.Model.Family == DatabricksModelFamily.OpenAI && !body.BaseHas(CorrectionParser.Include) &&
            !request.LeavesOut(CorrectionParser.Include) && body.Begins(CorrectionParser.Include))
        {
            body.Writer.WriteStartArray();
            body.Writer.WriteStringValue(EncryptedReasoning);
            if (Additional(options, CorrectionParser.Include) is { } more &&
                JsonValueToWire.ToElement(more, body.SerializerOptions) is { ValueKind: JsonValueKind.Array } values)
            {
                foreach (var value in values.EnumerateArray().Where(static value => !value.ValueEquals(EncryptedReasoning)))
                {
                    value.WriteTo(body.Writer);
                }
            }

            body.Writer.WriteEndArray();
        }
    }

    private static string? Effort(
        RequestDocument body, ChatRequest request, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var reasoning = request.Model.Reasoning;
        var wanted = EffortNames.Of(options?.Reasoning?.Effort);
        if ((wanted is null || ChatParameters.SetsEffortInBase(request)) &&
            ChatParameters.Effort(request, body.SerializerOptions) is { } given)
        {
            // JSON of the caller is sent unchanged, unless another option excludes it.
            return given is not EffortNames.None && OptionRules.LeavesOut(OptionRules.Thinking, new OptionFacts(request, messages))
                ? null
                : given;
        }

        if (wanted is null || (wanted is EffortNames.None && !reasoning.Efforts.Contains(wanted)))
        {
            return null;
        }

        if (reasoning.Style == ReasoningStyle.None)
        {
            request.Note("reasoning", ParameterCorrection.LeftOut);
            return null;
        }

        if (wanted is not EffortNames.None && OptionRules.LeavesOut(OptionRules.Thinking, new OptionFacts(request, messages)))
        {
            return null;
        }

        var accepted = EffortNames.Nearest(wanted, reasoning.Efforts);
        if (accepted != wanted)
        {
            request.Note("reasoning.effort", $"{wanted} became {accepted}", request.Endpoint.Reason("reasoning_effort"));
        }

        return accepted;
    }
}
