using System.Globalization;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Predictions.Outbound;

/// <summary>The rows of one request, written.</summary>
/// <param name="FirstRow">The position of its first row among all.</param>
/// <param name="Rows">How many rows it holds.</param>
/// <param name="IsOnly">Whether it holds all there are.</param>
/// <param name="Body">The document; whoever sends it gives it back.</param>
internal sealed record PredictionBatch(int FirstRow, int Rows, bool IsOnly, RequestBody Body)
{
    /// <summary>What is being done, as a message starts with it.</summary>
    public string Operation => IsOnly ? "Prediction" : Rows == 1
        ? string.Create(CultureInfo.InvariantCulture, $"Prediction of row {FirstRow}")
        : string.Create(CultureInfo.InvariantCulture, $"Prediction of rows {FirstRow} to {FirstRow + Rows - 1}");
}
