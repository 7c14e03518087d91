using System.Text;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Replies;

/// <summary>The metadata of a response: id, time, model, usage, and the additions of agents.</summary>
/// <param name="reply">The reply.</param>
/// <param name="held">Counts the items that are kept for a whole stream.</param>
internal sealed class ReplyFacts(ServingReply reply, ItemBudget held)
{
    private JsonElement? _servicePolicy;
    private JsonElement? _databricksOutput;
    private JsonElement? _customOutputs;
    private string? _serviceTier;
    private string? _systemFingerprint;

    public string? Id { get; private set; }

    /// <summary>The source of message ids when the service sends none; choices without ids would be merged.</summary>
    public string? MessageIdBase => Id ?? reply.RequestId;

    public string? Model { get; private set; }

    public DateTimeOffset? CreatedAt { get; private set; }

    /// <summary>The id of the MLflow trace of an agent.</summary>
    public string? TraceId { get; set; }

    public UsageFromWire Usage { get; } = new(held);

    /// <summary>
    /// Reads a known property; otherwise returns false and does not advance the reader. The first id, time and model are kept.
    /// </summary>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (reader.Is("id"u8))
        {
            Id = FirstText(ref reader, Id);
        }
        else if (reader.Is("model"u8))
        {
            Model = FirstText(ref reader, Model);
        }
        else if (reader.Is("created"u8))
        {
            ReadCreated(ref reader);
        }
        else if (reader.Is("usage"u8))
        {
            Usage.Read(ref reader);
        }
        else if (reader.Is("object"u8))
        {
            // Present on every chunk and without information, so it is not compared with all the rare names.
            reader.Skip();
        }
        else
        {
            return TryReadAddition(ref reader);
        }

        return true;
    }

    /// <summary>Reads a member that the format has in addition; otherwise returns false and does not advance the reader.</summary>
    public bool TryReadAddition(ref Utf8JsonReader reader)
    {
        if (reader.Is("databricks_output"u8))
        {
            _databricksOutput = reader.NextElement() ?? _databricksOutput;
            TraceId = TraceIdIn(_databricksOutput) ?? TraceId;
        }
        else if (reader.Is("databricks_service_policy"u8))
        {
            TakeServicePolicy(reader.NextElement());
        }
        else if (reader.Is("custom_outputs"u8))
        {
            _customOutputs = reader.NextElement() ?? _customOutputs;
        }
        else if (reader.Is("service_tier"u8))
        {
            _serviceTier = FirstText(ref reader, _serviceTier);
        }
        else if (reader.Is("system_fingerprint"u8))
        {
            _systemFingerprint = FirstText(ref reader, _systemFingerprint);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static string? TraceIdIn(JsonElement? output) => output?.MemberOf("trace").MemberOf("info").TextOf("trace_id");

    // Any chunk may contain one: a later chunk does not replace a denial.
    private void TakeServicePolicy(JsonElement? policy)
    {
        if (policy is { ValueKind: JsonValueKind.Object } and { } given && !IsDenied)
        {
            _servicePolicy = given;
            IsDenied = ServicePolicyFromWire.IsDenial(given);
        }
    }

    /// <summary>Whether a service policy denied the call, whatever the finish reason is.</summary>
    public bool IsDenied { get; private set; }

    /// <summary>The denial of the call by a service policy; null when there is none.</summary>
    /// <param name="finishReason">The finish reason, as far as it is known.</param>
    public DatabricksServicePolicyDenial? Denial(ChatFinishReason? finishReason) =>
        ServicePolicyFromWire.Read(_servicePolicy, Id, isFiltered: finishReason == ChatFinishReason.ContentFilter);

    /// <summary>
    /// Reads a text that every chunk repeats; only the first one allocates a string. The reader is positioned on its property name.
    /// </summary>
    public static string? FirstText(ref Utf8JsonReader reader, string? first)
    {
        if (first is not null)
        {
            reader.Skip();
            return first;
        }

        return reader.NextString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>Reads the time, if it is the first; the reader is positioned on its property name.</summary>
    public void ReadCreated(ref Utf8JsonReader reader)
    {
        if (CreatedAt is not null)
        {
            reader.Skip();
        }
        else if (reader.NextInt64() is { } seconds)
        {
            TakeCreated(seconds);
        }
    }

    /// <summary>Sets the constant values of a chunk that matched a template; known values are kept.</summary>
    public void TakeConstants(string? model, string? serviceTier, string? systemFingerprint)
    {
        Model ??= model;
        _serviceTier ??= serviceTier;
        _systemFingerprint ??= systemFingerprint;
    }

    /// <summary>Sets the id, if it is the first.</summary>
    public void TakeId(ReadOnlySpan<byte> id)
    {
        if (Id is null && !id.IsEmpty)
        {
            Id = Encoding.UTF8.GetString(id);
        }
    }

    /// <summary>Sets the time, if it is the first; zero, negative and out-of-range values count as missing.</summary>
    public void TakeCreated(long seconds)
    {
        if (CreatedAt is null && seconds is > 0 and <= 253_402_300_799)
        {
            CreatedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }
    }

    /// <summary>
    /// The values without a property in Microsoft.Extensions.AI, under the keys of <see cref="DatabricksPropertyNames"/>.
    /// </summary>
    public AdditionalPropertiesDictionary? ToProperties()
    {
        AdditionalPropertiesDictionary? properties = null;
        Add(DatabricksPropertyNames.RequestId, reply.RequestId);
        Add(DatabricksPropertyNames.TraceResponse, reply.TraceResponse);
        Add(DatabricksPropertyNames.ServedModelName, reply.ServedModelName);
        Add(DatabricksPropertyNames.DatabricksOutput, _databricksOutput);
        Add(DatabricksPropertyNames.TraceId, TraceId);
        Add(DatabricksPropertyNames.CustomOutputs, _customOutputs);
        Add(DatabricksPropertyNames.ServiceTier, _serviceTier);
        Add(DatabricksPropertyNames.SystemFingerprint, _systemFingerprint);
        return properties;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                (properties ??= [])[name] = value;
            }
        }
    }
}
