namespace Connectors.Databricks.Browser.Tests;

/// <summary>A test in Chromium, which is skipped where Chromium is not installed, except in the build check.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Initializes a new instance of the <see cref="BrowserFactAttribute"/> class.</summary>
    public BrowserFactAttribute() => Skip = Chromium.SkipReason;
}
