namespace Connectors.Databricks.ModelRecords;

/// <summary>The records that the connector comes with, read from <c>models.json</c> at their first use and once.</summary>
internal static class BuiltInModels
{
    private const string Resource = "Connectors.Databricks.ModelRecords.models.json";

    private static readonly Lazy<ModelFile> Lazily = new(Read);

    public static ModelFile File => Lazily.Value;

    private static ModelFile Read()
    {
        using var stream = typeof(BuiltInModels).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly holds no resource '{Resource}'.");
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return ModelFile.Read(json);
    }
}
