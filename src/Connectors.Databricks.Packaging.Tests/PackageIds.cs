namespace Connectors.Databricks.Packaging.Tests;

/// <summary>A test case for each package.</summary>
public sealed class PackageIds : TheoryData<string>
{
    public PackageIds() => AddRange([.. Repository.PackageIds]);
}
