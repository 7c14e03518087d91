using System.Globalization;
using Connectors.Databricks.SqlBatch;

// dotnet run -c Release --project benchmarks/Connectors.Databricks.SqlBatch -- [most rows]
var most = args is [var text] && int.TryParse(text, CultureInfo.InvariantCulture, out var rows) && rows >= 1000 ? rows : 100_000;
return await GrowthRun.RunAsync(most) ? 0 : 1;
