using System.Text;

namespace Connectors.Databricks.Management.Metrics;

/// <summary>A sample as written in the text: the unit of its timestamps is known at the end.</summary>
internal sealed record RawSample(string Name, Dictionary<string, string> Labels, double Value, double? Time, RawExemplar? Exemplar);

/// <summary>An exemplar as written in the text.</summary>
internal sealed record RawExemplar(Dictionary<string, string> Labels, double Value, double? Time);

/// <summary>Groups samples by metric family.</summary>
internal sealed class MetricFamilies
{
    private readonly List<Family> _families = [];
    private readonly Dictionary<string, Family> _byName = new(StringComparer.Ordinal);

    public void Declare(ReadOnlySpan<char> keyword, string name, ReadOnlySpan<char> text)
    {
        var family = Named(name);
        switch (keyword)
        {
            case "TYPE":
                // The Prometheus format uses untyped.
                family.Type = text is "untyped" or "" ? MetricType.Unknown : new MetricType(text.ToString());
                break;
            case "HELP":
                family.Help = text.ToString();
                break;
            default:
                family.Unit = text.IsEmpty ? null : text.ToString();
                break;
        }
    }

    public void Add(RawSample sample) => FamilyOf(sample.Name).Samples.Add(sample);

    public IReadOnlyList<MetricFamily> Build(bool isOpenMetrics) => [.. _families.Select(family =>
        new MetricFamily(family.Name, family.Type, [.. family.Samples.Select(sample => Built(sample, isOpenMetrics))])
        {
            Help = family.Help is { } help ? Unescaped(help, isOpenMetrics) : null,
            Unit = family.Unit,
        })];

    private static MetricSample Built(RawSample sample, bool isOpenMetrics) => new(sample.Name, sample.Labels, sample.Value)
    {
        Timestamp = Time(sample.Time * (isOpenMetrics ? 1000 : 1)),
        Exemplar = sample.Exemplar is { } exemplar ? new(exemplar.Labels, exemplar.Value, Time(exemplar.Time * 1000)) : null,
    };

    private static DateTimeOffset? Time(double? milliseconds) =>
        milliseconds is { } time && Math.Abs(time) < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && time >= -62135596800000
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(time)
            : null;

    // A metric with exactly this name takes precedence: a gauge may be named …_total.
    private Family FamilyOf(string sample)
    {
        if (_byName.TryGetValue(sample, out var exact))
        {
            return exact;
        }

        var cut = sample.LastIndexOf('_');
        return cut > 0 && _byName.TryGetValue(sample[..cut], out var family) && IsPart(family.Type, sample.AsSpan(cut)) ? family
            : Named(sample);
    }

    private static bool IsPart(MetricType type, ReadOnlySpan<char> suffix) => type.Value switch
    {
        "counter" => suffix is "_total" or "_created",
        "histogram" => suffix is "_bucket" or "_sum" or "_count" or "_created",
        "gaugehistogram" => suffix is "_bucket" or "_gsum" or "_gcount",
        "summary" => suffix is "_sum" or "_count" or "_created",
        "info" => suffix is "_info",
        _ => false,
    };

    private Family Named(string name)
    {
        if (!_byName.TryGetValue(name, out var family))
        {
            family = new Family(name);
            _byName.Add(name, family);
            _families.Add(family);
        }

        return family;
    }

    private static string Unescaped(string text, bool escapesQuotes)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var unescaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] == '\\' && (next is 'n' or '\\' || (next == '"' && escapesQuotes)))
            {
                unescaped.Append(next == 'n' ? '\n' : next);
                i++;
            }
            else
            {
                unescaped.Append(text[i]);
            }
        }

        return unescaped.ToString();
    }

    private sealed class Family(string name)
    {
        public string Name => name;

        public MetricType Type { get; set; } = MetricType.Unknown;

        public string? Help { get; set; }

        public string? Unit { get; set; }

        public List<RawSample> Samples { get; } = [];
    }
}
