using System.Globalization;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Predictions.Outbound;

/// <summary>The request document for a range of rows.</summary>
/// <param name="FirstRow">The index of the first row.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="IsOnly">Whether the batch contains all rows.</param>
/// <param name="Body">The document, which the sender disposes.</param>
internal sealed record PredictionBatch(int FirstRow, int Rows, bool IsOnly, RequestBody Body)
{
    /// <summary>The operation, for messages.</summary>
    public string Operation => IsOnly ? "Prediction" : Rows == 1
        ? string.Create(CultureInfo.InvariantCulture, $"Prediction of row {FirstRow}")
        : string.Create(CultureInfo.InvariantCulture, $"Prediction of rows {FirstRow} to {FirstRow + Rows - 1}");
}
