namespace DiscreetDb.Query.Plans.Grouping;

/// <summary>
/// An aggregate while its rows come, with the arithmetic of SQLite's sum, avg, min and max, so that an answer does not depend on
/// who grouped: integers are added exactly as long as they fit, floats with the error carried along (Kahan and Babuška).
/// </summary>
internal struct GroupState
{
    /// <summary>Above it an integer is added in two parts, each a float without loss.</summary>
    private const long LargestExact = 4_503_599_627_370_496;

    private const long PartSize = 16_384;

    private double _sum;
    private double _error;
    private bool _isFloat;

    /// <summary>Values that were not null; for a count, rows.</summary>
    public long Count { get; private set; }

    /// <summary>The least or greatest integer, if there was one.</summary>
    public long ExtremeInteger { get; private set; }

    /// <summary>The least or greatest float, if there was one.</summary>
    public readonly double ExtremeFloat => _sum;

    /// <summary>0.0 of nothing.</summary>
    public readonly double Total => !_isFloat ? ExtremeInteger : double.IsNaN(_error) ? _sum : _sum + _error;

    public void AddRow() => Count++;

    public void Add(long value)
    {
        Count++;
        if (_isFloat)
        {
            AddParts(value);
            return;
        }

        long sum = unchecked(ExtremeInteger + value);
        if (((ExtremeInteger ^ sum) & (value ^ sum)) >= 0)
        {
            ExtremeInteger = sum;
            return;
        }

        BecomeFloat();
        AddParts(value);
    }

    public void Add(double value)
    {
        Count++;
        if (!_isFloat)
        {
            BecomeFloat();
        }

        AddPart(value);
    }

    public void Keep(long value, bool isLeast)
    {
        if (Count++ == 0 || (isLeast ? value < ExtremeInteger : value > ExtremeInteger))
        {
            ExtremeInteger = value;
        }
    }

    public void Keep(double value, bool isLeast)
    {
        if (Count++ == 0 || (isLeast ? value < _sum : value > _sum))
        {
            _sum = value;
        }
    }

    private void BecomeFloat()
    {
        long rest = ExtremeInteger is <= -LargestExact or >= LargestExact ? ExtremeInteger % PartSize : 0;
        _sum = ExtremeInteger - rest;
        _error = rest;
        _isFloat = true;
    }

    private void AddParts(long value)
    {
        long rest = value is <= -LargestExact or >= LargestExact ? value % PartSize : 0;
        AddPart(value - rest);
        if (rest != 0)
        {
            AddPart(rest);
        }
    }

    private void AddPart(double value)
    {
        double sum = _sum + value;
        _error += Math.Abs(_sum) > Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }
}
