namespace Connectors.Databricks.Browser.Tests;

/// <summary>A theory in Chromium, which is skipped where Chromium is not installed, except in the build check.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Initializes a new instance of the <see cref="BrowserTheoryAttribute"/> class.</summary>
    public BrowserTheoryAttribute() => Skip = Chromium.SkipReason;
}
