using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>The results of a batch: for each item, a prediction or an error. An item that fails does not affect the others.</summary>
internal sealed class PredictionBatch(string endpoint, int count)
{
    private readonly DatabricksPrediction?[] _predictions = new DatabricksPrediction?[count];
    private readonly Problem?[] _problems = new Problem?[count];

    /// <summary>Returns what the function does; null if it fails with an error of the item.</summary>
    public T? Try<T>(int index, Func<T> prepare, Func<Exception, Problem> report)
        where T : class
    {
        try
        {
            return prepare();
        }
        catch (Exception exception) when (RequestErrorFromException.IsHandled(exception))
        {
            _problems[index] = report(exception);
            return null;
        }
    }

    /// <summary>Stores the prediction of an item, or its error.</summary>
    public async Task RunAsync(int index, Func<Task<DatabricksPrediction>> predict, Func<Exception, Problem> report)
    {
        try
        {
            _predictions[index] = await predict().ConfigureAwait(false);
        }
        catch (Exception exception) when (RequestErrorFromException.IsHandled(exception))
        {
            _problems[index] = report(exception);
        }
    }

    public static void Write(Utf8JsonWriter writer, PredictionBatch batch) => batch.Write(writer);

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("endpoint"u8, endpoint);
        writer.WriteNumber("total"u8, count);
        writer.WriteNumber("failed"u8, _problems.Count(problem => problem is not null));
        writer.WriteStartArray("results"u8);
        for (var i = 0; i < count; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("index"u8, i);
            if (_problems[i] is { } problem)
            {
                writer.WriteStartObject("error"u8);
                problem.WriteMembers(writer);
                writer.WriteEndObject();
            }
            else
            {
                PredictionResult.WriteValue(writer, _predictions[i]!);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
