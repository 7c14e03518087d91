using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Agents.LongRunning;

/// <summary>The members of a response document that belong to its run.</summary>
internal struct RunFields
{
    private bool _hasOutput;
    private string? _status;

    public RunFields()
    {
    }

    public string? Id { get; private set; }

    /// <summary>How often the run was started.</summary>
    public int Attempts { get; private set; } = 1;

    /// <summary>The MLflow trace of a stored run.</summary>
    public string? TraceId { get; private set; }

    public readonly bool IsInProgress => _status is "in_progress" or "queued";

    /// <summary>Whether it is the state of a run that has no output: the server leaves the member out.</summary>
    public readonly bool IsEmpty => _status is "completed" && !_hasOutput;

    public readonly bool IsFailed => _status is "failed";

    /// <exception cref="DatabricksServingException">It is not JSON.</exception>
    public static RunFields Read(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
        try
        {
            JsonBounds.Require(document.Body, document.Reply.Limits.MaxJsonValues, document.Reply.Json, cancellationToken);
            var fields = new RunFields();
            var reader = new Utf8JsonReader(document.Body, document.Reply.Json);
            reader.Read();
            if (reader.IsOrSkip(JsonTokenType.StartObject))
            {
                while (reader.NextProperty())
                {
                    fields.ReadMember(ref reader);
                }
            }

            return fields;
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, document.Reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(call, document.Reply, exception);
        }
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.Is("id"u8))
        {
            Id = reader.NextString();
        }
        else if (reader.Is("status"u8))
        {
            _status = reader.NextString();
        }
        else if (reader.Is("attempt_number"u8))
        {
            Attempts = (int)Math.Clamp(reader.NextInt64() ?? 1, 1, int.MaxValue);
        }
        else if (reader.Is("output"u8))
        {
            _hasOutput = true;
            reader.Skip();
        }
        else if (reader.Is("metadata"u8))
        {
            if (reader.NextIsObject())
            {
                while (reader.NextProperty())
                {
                    TraceId = reader.Is("trace_id"u8) ? reader.NextString() : Skipped(ref reader);
                }
            }
        }
        else
        {
            reader.Skip();
        }
    }

    private readonly string? Skipped(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return TraceId;
    }
}
