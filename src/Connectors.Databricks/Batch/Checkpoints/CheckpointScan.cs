using System.Text.Json;
using Connectors.Databricks.Batch.Responses;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>Reads a checkpoint from its start: the header, and the id of each line.</summary>
internal static class CheckpointScan
{
    /// <returns>The offset behind the last complete line; what follows was interrupted. 0 when the header is to be written.</returns>
    public static long Load(
        string path, long length, CheckpointLines lines, CheckpointHeader header, IdTable ids, bool skipsFailures)
    {
        if (length == 0)
        {
            return 0;
        }

        if (lines.ReadAt(0) is not { } first)
        {
            return CheckpointHeader.MayBeInterrupted(lines.Rest(0)) ? 0 : throw CheckpointExceptions.NoCheckpoint(path);
        }

        var found = CheckpointHeader.Read(first.Span) ?? throw CheckpointExceptions.NoCheckpoint(path);
        if (found != header)
        {
            throw CheckpointExceptions.OtherBatch(path, found, header);
        }

        long offset = first.Length + 1;
        for (var number = 2L; lines.ReadAt(offset) is { } line; number++)
        {
            if (TryReadId(line.Span, out var id, out var isFailure))
            {
                if (!isFailure || !skipsFailures)
                {
                    ids.AddLine(id, offset);
                }
            }
            else if (lines.ReadAt(offset + line.Length + 1) is not null)
            {
                throw CheckpointExceptions.Damaged(path, number);
            }
            else
            {
                // A power failure may have kept the end of the last line and not its middle.
                return offset;
            }

            offset += line.Length + 1;
        }

        return offset;
    }

    private static bool TryReadId(ReadOnlySpan<byte> line, out string id, out bool isFailure)
    {
        (id, isFailure) = (string.Empty, false);
        try
        {
            var reader = new Utf8JsonReader(line, ResponseJson.Reading);
            var isResult = CheckpointLine.TryReadId(ref reader, out id, out isFailure);
            while (reader.Read())
            {
                // The rest is validated, because a power failure may damage any of it.
            }

            return isResult;
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            return false;
        }
    }
}
