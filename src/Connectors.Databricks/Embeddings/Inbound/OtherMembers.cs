using System.Text.Json;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Embeddings.Inbound;

/// <summary>
/// The members of a document other than embeddings: those of an error, and the names that identify a response of another task.
/// </summary>
internal sealed class OtherMembers
{
    /// <summary>More members than any error has.</summary>
    private const int MostKept = 16;

    /// <summary>More bytes than any error has, in all members together.</summary>
    private const int MostBytes = DatabricksResponseLimitOptions.DefaultMaxErrorBytes;

    private readonly List<KeyValuePair<string, JsonElement>> _kept = [];
    private long _bytes;

    /// <summary>The kind of response, for the message, or null when no other task is recognized.</summary>
    public string? ForeignShape { get; private set; }

    /// <param name="name">The name of the member.</param>
    /// <param name="value">Positioned before the value, which is complete.</param>
    /// <param name="length">The length of the value in bytes.</param>
    public void Read(string name, ref Utf8JsonReader value, long length)
    {
        ForeignShape ??= name switch
        {
            "choices" => "the choices of a chat or a completion",
            "messages" => "the messages of an agent",
            "predictions" or "outputs" => $"the {name} of a classic model",
            _ => null,
        };
        _bytes += length;
        if ((ForeignShape is null || name == ServicePolicyFromWire.Member) && _kept.Count < MostKept && _bytes <= MostBytes
            && value.NextElement() is { } element)
        {
            _kept.Add(new(name, element));
        }
    }

    /// <exception cref="DatabricksServingException">The members are those of an error, or a service policy denied the call.</exception>
    public void ThrowIfError(ServingCall call, ServingReply reply)
    {
        if (_kept.Find(static member => member.Key == ServicePolicyFromWire.Member) is { Value.ValueKind: JsonValueKind.Object } policy &&
            ServicePolicyFromWire.Read(policy.Value, responseId: null, isFiltered: ForeignShape is not null) is { } denial)
        {
            // There is no text to keep, and no vectors.
            Measurements.PolicyDenied(call.Target, denial.Phase);
            throw ServicePolicyExceptions.Denied(call, reply.RequestId, reply.TraceResponse, denial);
        }

        if (_kept.Exists(member => member.Key is "error" or "error_code" && SaysSomething(member.Value)))
        {
            using var buffer = new SegmentedBuffer();
            using var writer = JsonWriting.CreateWriter(buffer);
            writer.WriteStartObject();
            foreach (var (name, value) in _kept)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
            writer.Flush();
            using var document = JsonDocument.Parse(buffer.Contiguous().ToArray());
            throw ServingExceptions.ErrorInBody(call, reply, document.RootElement);
        }
    }

    // An empty error member means no error, as in every other response.
    private static bool SaysSomething(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.False => false,
        JsonValueKind.String => error.GetString()!.Length > 0,
        JsonValueKind.Array => error.GetArrayLength() > 0,
        JsonValueKind.Object => error.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.Null),
        _ => true,
    };

    /// <summary>Creates the exception for a response of another task.</summary>
    public static DatabricksServingException Foreign(ServingCall call, ServingReply reply, string shape) =>
        ServingExceptions.Unexpected(call, reply, shape, EmbeddingErrorHints.WrongTask);
}
