using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A metric and its samples.</summary>
public sealed record MetricFamily
{
    private readonly EquatableList<MetricSample> _samples;

    /// <summary>Initializes a new instance of the <see cref="MetricFamily"/> class.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type.</param>
    /// <param name="samples">The samples.</param>
    public MetricFamily(string name, MetricType type, IReadOnlyList<MetricSample> samples)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(samples);
        Name = name;
        Type = type;
        Samples = samples;
    }

    /// <summary>Gets the name, which the names of the samples start with.</summary>
    public string Name { get; init; }

    /// <summary>Gets the type.</summary>
    public MetricType Type { get; init; }

    /// <summary>Gets the samples, in the order of the text.</summary>
    public IReadOnlyList<MetricSample> Samples { get => _samples.Items; init => _samples = EquatableList<MetricSample>.NonEmpty(value); }

    /// <summary>Gets the help text; <see langword="null"/> if there is none.</summary>
    public string? Help { get; init; }

    /// <summary>Gets the unit; <see langword="null"/> if unspecified.</summary>
    public string? Unit { get; init; }
}
