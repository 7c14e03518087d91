using System.Text;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>What a reply says about itself beside its messages: id, time, model, usage, and what agents add.</summary>
/// <param name="reply">The reply.</param>
/// <param name="held">Counts what is kept over a whole stream.</param>
internal sealed class ReplyFacts(ServingReply reply, ItemBudget held)
{
    private JsonElement? _servicePolicy;
    private JsonElement? _databricksOutput;
    private JsonElement? _customOutputs;
    private string? _serviceTier;
    private string? _systemFingerprint;

    public string? Id { get; private set; }

    /// <summary>What message ids are made from when the service gives none: choices without ids would run into each other.</summary>
    public string? MessageIdBase => Id ?? reply.RequestId;

    public string? Model { get; private set; }

    public DateTimeOffset? CreatedAt { get; private set; }

    public UsageFromWire Usage { get; } = new(held);

    /// <summary>Takes a property that is known here; false leaves the reader on its name. The first id, time and model count.</summary>
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
            // On every chunk, and without news: it must not be compared with all the rare names.
            reader.Skip();
        }
        else
        {
            return TryReadRare(ref reader);
        }

        return true;
    }

    private bool TryReadRare(ref Utf8JsonReader reader)
    {
        if (reader.Is("databricks_output"u8))
        {
            _databricksOutput = reader.NextElement() ?? _databricksOutput;
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

    // Any chunk may carry one: a denial is not replaced by what later chunks say.
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

    /// <summary>A text that each chunk repeats: a string is made for the first one alone. The reader stands on its property name.</summary>
    public static string? FirstText(ref Utf8JsonReader reader, string? first)
    {
        if (first is not null)
        {
            reader.Skip();
            return first;
        }

        return reader.NextString() is { Length: > 0 } text ? text : null;
    }

    private void ReadCreated(ref Utf8JsonReader reader)
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

    /// <summary>Takes the constant values of a chunk that matched a template; values that are already known stay.</summary>
    public void TakeConstants(string? model, string? serviceTier, string? systemFingerprint)
    {
        Model ??= model;
        _serviceTier ??= serviceTier;
        _systemFingerprint ??= systemFingerprint;
    }

    /// <summary>Takes the id, if it is the first.</summary>
    public void TakeId(ReadOnlySpan<byte> id)
    {
        if (Id is null && !id.IsEmpty)
        {
            Id = Encoding.UTF8.GetString(id);
        }
    }

    /// <summary>Takes the time, if it is the first; zero, a negative or an absurd time is a missing one.</summary>
    public void TakeCreated(long seconds)
    {
        if (CreatedAt is null && seconds is > 0 and <= 253_402_300_799)
        {
            CreatedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }
    }

    /// <summary>The facts that have no property of their own, under the keys of <see cref="DatabricksPropertyNames"/>.</summary>
    public AdditionalPropertiesDictionary? ToProperties()
    {
        AdditionalPropertiesDictionary? properties = null;
        Add(DatabricksPropertyNames.RequestId, reply.RequestId);
        Add(DatabricksPropertyNames.TraceResponse, reply.TraceResponse);
        Add(DatabricksPropertyNames.ServedModelName, reply.ServedModelName);
        Add(DatabricksPropertyNames.DatabricksOutput, _databricksOutput);
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
